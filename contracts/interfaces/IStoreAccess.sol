// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who may write to a document store, and what happens when a key is lost
/// @notice Three roles in the style of OpenZeppelin's AccessControl: DEFAULT_ADMIN_ROLE appoints, ISSUER_ROLE anchors,
///         REVOKER_ROLE revokes and suspends. No function that changes state is without arguments, so a raw 32-byte
///         root whose first bytes happen to equal a selector can never run one of them by accident.
interface IStoreAccess {
    /// @notice An admin stopped all writing; reading goes on.
    /// @param account the admin.
    event Paused(address account);

    /// @notice An admin allowed writing again.
    /// @param account the admin.
    event Unpaused(address account);

    /// @notice `from` offers all of its roles to `heir`; the zero address withdraws the offer.
    /// @param from the admin that offers.
    /// @param heir the account that may accept; zero if the offer was withdrawn.
    event RolesOffered(address indexed from, address indexed heir);

    /// @notice The key of `account` is declared compromised: what it anchored from `sinceBlock` on is void.
    /// @param account whose key it is.
    /// @param sinceBlock first block from which its anchors are void.
    event CompromiseDeclared(address indexed account, uint256 sinceBlock);

    /// @notice Each revoker may from now on revoke `perDay` nodes and list entries a UTC day; 0 means no cap.
    /// @param perDay nodes and newly revoked list entries together.
    event RevocationCapChanged(uint64 perDay);

    /// @notice A role, or the store itself, was offered to the zero address.
    error ZeroAccount();

    /// @notice The store already has a name and an owner.
    error AlreadyInitialised();

    /// @notice The store is paused.
    error StorePaused();

    /// @notice `from` has not offered its roles to `caller`.
    error RolesNotOffered(address from, address caller);

    /// @notice `account` was declared compromised and gets no issuing or revoking role again.
    error AccountCompromised(address account, uint256 sinceBlock);

    /// @notice A compromise starts at a block that exists: 1 up to the current one.
    error CompromiseBlockInvalid(uint256 sinceBlock);

    /// @notice A compromise, once declared, can only be moved to an earlier block.
    error CompromiseNotEarlier(address account, uint256 declared, uint256 sinceBlock);

    /// @notice With this call `revoker` would have revoked `used` entries today, `cap` are allowed.
    error RevocationCapExceeded(address revoker, uint256 cap, uint256 used);

    /// @notice Stops or resumes writing. Roles and compromises can still be changed while paused, so that an incident
    ///         can be handled with the doors closed.
    /// @dev Only DEFAULT_ADMIN_ROLE.
    /// @param stop true to stop anchoring, revoking and status changes.
    function setPaused(bool stop) external;

    /// @notice Offers every role of the caller to `heir`. Nothing moves until `heir` accepts.
    /// @dev Only DEFAULT_ADMIN_ROLE. A new offer replaces the old one; losing the admin role withdraws it.
    /// @param heir the account that may accept; zero withdraws an offer.
    function offerRoles(address heir) external;

    /// @notice Takes over every role `from` holds; `from` keeps none.
    /// @param from the admin that offered its roles to the caller.
    function acceptRoles(address from) external;

    /// @notice Declares that whoever holds the key of `account` since `sinceBlock` is not its owner. Takes ISSUER_ROLE
    ///         and REVOKER_ROLE from it for good. Roots it anchored from that block on stay issued and become revoked;
    ///         earlier ones stay good.
    /// @dev Only DEFAULT_ADMIN_ROLE. Monotonic: a second declaration can only name an earlier block.
    /// @param account the account whose key was stolen.
    /// @param sinceBlock first block from which its anchors are void; 1 up to the current block.
    function declareCompromise(address account, uint256 sinceBlock) external;

    /// @notice Caps what one revoker can revoke a UTC day, so that a stolen key cannot withdraw everything overnight.
    /// @dev Only DEFAULT_ADMIN_ROLE. While a cap is set, revoking an issued root also needs DEFAULT_ADMIN_ROLE. An
    ///      inner node counts as one: the store cannot see how many documents lie under it.
    /// @param perDay nodes and newly revoked list entries together; 0 removes the cap.
    function setRevocationCap(uint64 perDay) external;

    /// @notice Whether writing is stopped.
    function paused() external view returns (bool);

    /// @notice The account most recently made admin, or zero if it is admin no more. For display; the roles decide.
    function owner() external view returns (address);

    /// @notice First block from which anchors of `account` are void; 0 if it was never declared compromised.
    /// @param account any account.
    function compromisedSince(address account) external view returns (uint256);

    /// @notice What one revoker may revoke a UTC day; 0 means no cap.
    function revocationCap() external view returns (uint64);

    /// @notice keccak256("ISSUER_ROLE"): may anchor roots.
    function ISSUER_ROLE() external view returns (bytes32); // solhint-disable-line func-name-mixedcase

    /// @notice keccak256("REVOKER_ROLE"): may revoke nodes and change status lists.
    function REVOKER_ROLE() external view returns (bytes32); // solhint-disable-line func-name-mixedcase
}
