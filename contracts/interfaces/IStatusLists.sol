// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Status lists: one bit per credential, 256 credentials a storage slot
/// @notice A list is named by 32 random bytes that its documents carry. Position `i` of a list is bit `i % 256` (least
///         significant first) of word `i / 256`. Each list has two independent bitmaps: revoked, which is permanent,
///         and suspended, which can be lifted.
interface IStatusLists {
    /// @notice What a call does to the bits it names.
    enum StatusChange {
        Revoke,
        Suspend,
        Reinstate
    }

    /// @notice The entries named by `bits`, in the words from `firstWord` on, were revoked, suspended or reinstated.
    /// @param list name of the list.
    /// @param change what was done.
    /// @param firstWord word the first element of `bits` belongs to.
    /// @param bits one mask a word, as called: entries that already had this status are among them.
    /// @param reason the issuer's reason code, as in RFC 5280; 0 is "unspecified".
    event StatusChanged(
        bytes32 indexed list,
        StatusChange indexed change,
        uint256 firstWord,
        uint256[] bits,
        uint16 reason
    );

    /// @notice Changes the status of the entries named by `bits` in a contiguous range of words. Doing again what is
    ///         already so changes nothing and is no error, so that an interrupted run may simply be repeated.
    /// @dev Only REVOKER_ROLE; not while paused. Zero words cost little, but split ranges with long gaps.
    /// @param list name of the list.
    /// @param change Revoke (permanent), Suspend or Reinstate (lifts a suspension, never a revocation).
    /// @param firstWord word the first element of `bits` belongs to.
    /// @param bits one mask a word.
    /// @param reason the issuer's reason code for all of these entries.
    function setStatus(
        bytes32 list,
        StatusChange change,
        uint256 firstWord,
        uint256[] calldata bits,
        uint16 reason
    ) external;

    /// @notice Both bitmaps of a range of words. Words never written are zero.
    /// @param list name of the list.
    /// @param firstWord first word to read.
    /// @param count number of words; read long lists in ranges: 2,000 words cost about 10 million gas.
    /// @return revoked `count` words of the revoked bitmap.
    /// @return suspended `count` words of the suspended bitmap.
    function statusWords(
        bytes32 list,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory revoked, uint256[] memory suspended);

    /// @notice The status of one entry.
    /// @param list name of the list.
    /// @param index position in the list.
    /// @return revoked true for ever once revoked.
    /// @return suspended true while suspended.
    function statusOf(bytes32 list, uint256 index) external view returns (bool revoked, bool suspended);
}
