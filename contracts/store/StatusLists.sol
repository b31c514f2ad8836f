// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IStatusLists} from "../interfaces/IStatusLists.sol";
import {StoreAccess} from "./StoreAccess.sol";

/// @dev The status lists of a store.
abstract contract StatusLists is IStatusLists, StoreAccess {
    mapping(bytes32 list => mapping(uint256 word => uint256 bits)) private _revoked;
    mapping(bytes32 list => mapping(uint256 word => uint256 bits)) private _suspended;

    function setStatus(
        bytes32 list,
        StatusChange change,
        uint256 firstWord,
        uint256[] calldata bits,
        uint16 reason
    ) external onlyRevoker {
        if (change == StatusChange.Revoke) _revokeBits(_revoked[list], firstWord, bits);
        else _suspendBits(_suspended[list], firstWord, bits, change == StatusChange.Suspend);
        emit StatusChanged(list, change, firstWord, bits, reason);
    }

    function statusWords(
        bytes32 list,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory revoked, uint256[] memory suspended) {
        revoked = new uint256[](count);
        suspended = new uint256[](count);
        _readWords(_revoked[list], firstWord, revoked);
        _readWords(_suspended[list], firstWord, suspended);
    }

    function statusOf(bytes32 list, uint256 index) external view returns (bool revoked, bool suspended) {
        uint256 bit = 1 << (index & 0xff);
        revoked = _revoked[list][index >> 8] & bit != 0;
        suspended = _suspended[list][index >> 8] & bit != 0;
    }

    function _revokeBits(
        mapping(uint256 word => uint256 bits) storage words,
        uint256 firstWord,
        uint256[] calldata bits
    ) private {
        bool capped = revocationCap() != 0;
        uint256 added = 0;
        for (uint256 i = 0; i < bits.length; ++i) {
            if (bits[i] == 0) continue;
            uint256 old = words[firstWord + i];
            words[firstWord + i] = old | bits[i];
            if (capped) added += _countOnes(bits[i] & ~old);
        }
        if (added != 0) _spendCap(added);
    }

    function _suspendBits(
        mapping(uint256 word => uint256 bits) storage words,
        uint256 firstWord,
        uint256[] calldata bits,
        bool suspend
    ) private {
        for (uint256 i = 0; i < bits.length; ++i) {
            if (bits[i] == 0) continue;
            uint256 old = words[firstWord + i];
            words[firstWord + i] = suspend ? old | bits[i] : old & ~bits[i];
        }
    }

    function _readWords(
        mapping(uint256 word => uint256 bits) storage words,
        uint256 firstWord,
        uint256[] memory into
    ) private view {
        for (uint256 i = 0; i < into.length; ++i) into[i] = words[firstWord + i];
    }

    /// @dev Clears the lowest one until none is left: words of a real list hold few.
    function _countOnes(uint256 word) private pure returns (uint256 ones) {
        for (; word != 0; ++ones) word &= word - 1;
    }
}
