// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CredentialVerifier} from "../../contracts/CredentialVerifier.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev Both folds against trees built as RFC 6962 defines them, over random sizes and places.
contract CredentialVerifierFuzzTest is TestBase {
    CredentialVerifier private _verifier;

    function setUp() external {
        _verifier = new CredentialVerifier();
    }

    function testFuzz_positioned_acceptsItsPlaceAndNoOther(uint8 count, uint8 place, uint256 other) external view {
        uint256 size = between(count, 1, 64);
        uint256 index = between(place, 0, size - 1);
        (bytes32 top, bytes32[] memory path) = _tree(0, size, index, true);
        bytes32 root = keccak256(abi.encodePacked(hex"02", uint64(size), top));
        check(_verifier.verifyInclusionPositioned(root, _leaf(index), index, size, path), "its place");
        if (other != index) {
            check(!_verifier.verifyInclusionPositioned(root, _leaf(index), other, size, path), "no other place");
        }
        if (other != size) {
            check(!_verifier.verifyInclusionPositioned(root, _leaf(index), index, other, path), "no other size");
        }
    }

    function testFuzz_positioned_acceptsNoOtherPath(uint8 count, bytes32 leaf, bytes32[] calldata path) external view {
        uint256 size = between(count, 1, 64);
        (bytes32 top, ) = _tree(0, size, 0, true);
        bytes32 root = keccak256(abi.encodePacked(hex"02", uint64(size), top));
        check(!_verifier.verifyInclusionPositioned(root, leaf, 0, size, path), "a random path");
    }

    function testFuzz_sorted_acceptsContentAndNoPair(uint8 count, uint8 place) external view {
        uint256 size = between(count, 2, 64);
        uint256 index = between(place, 0, size - 1);
        (bytes32 top, bytes32[] memory path) = _tree(0, size, index, false);
        check(_verifier.verifyInclusionSorted(top, abi.encodePacked(hex"00", index), path), "its content");

        (bytes32 a, bytes32 b) = (_leaf(index), path[0]);
        bytes32[] memory rest = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < rest.length; ++i) rest[i] = path[i + 1];
        bytes memory pair = a < b ? abi.encodePacked(a, b) : abi.encodePacked(b, a);
        check(!_verifier.verifyInclusionSorted(top, pair, rest), "no inner node");
    }

    function testFuzz_nothing_reverts(
        bytes32 root,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) external view {
        _verifier.verifyInclusionPositioned(root, leaf, index, size, path);
        _verifier.verifyInclusionSorted(root, abi.encode(leaf), path);
    }

    function _leaf(uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"00", index));
    }

    /// @dev The node over the leaves from `first` to before `last`, and the path of the leaf `index` up to it.
    function _tree(
        uint256 first,
        uint256 last,
        uint256 index,
        bool positioned
    ) private pure returns (bytes32 top, bytes32[] memory path) {
        if (last - first == 1) return (_leaf(first), new bytes32[](0));
        uint256 split = 1;
        while (split * 2 < last - first) split *= 2;
        (bytes32 left, bytes32[] memory leftPath) = _tree(first, first + split, index, positioned);
        (bytes32 right, bytes32[] memory rightPath) = _tree(first + split, last, index, positioned);
        top = _pair(left, right, positioned);
        bool isLeft = index < first + split;
        bytes32[] memory below = isLeft ? leftPath : rightPath;
        path = new bytes32[](below.length + 1);
        for (uint256 i = 0; i < below.length; ++i) path[i] = below[i];
        path[below.length] = isLeft ? right : left;
    }

    function _pair(bytes32 left, bytes32 right, bool positioned) private pure returns (bytes32) {
        if (positioned) return keccak256(abi.encodePacked(hex"01", left, right));
        return left < right ? keccak256(abi.encodePacked(left, right)) : keccak256(abi.encodePacked(right, left));
    }
}
