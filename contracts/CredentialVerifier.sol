// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICredentialVerifier} from "./interfaces/ICredentialVerifier.sol";
import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {MerkleInclusion} from "./verification/MerkleInclusion.sol";

/// @title Credentials for other contracts
/// @dev What each function promises is written in ICredentialVerifier.
contract CredentialVerifier is ICredentialVerifier {
    /// @dev The length of what an inner node of a sorted tree is the digest of.
    uint256 private constant _PAIR_LENGTH = 64;

    function checkSorted(
        IDocumentStore store,
        bytes calldata content,
        bytes32[] calldata path
    ) external view returns (Standing) {
        return _standing(store, _sortedNodes(content, path));
    }

    function checkPositioned(
        IDocumentStore store,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) external view returns (Standing) {
        return _standing(store, MerkleInclusion.positionedNodes(leaf, index, size, path));
    }

    function verifyInclusionSorted(
        bytes32 root,
        bytes calldata content,
        bytes32[] calldata path
    ) external pure returns (bool) {
        return _endsIn(root, _sortedNodes(content, path));
    }

    function verifyInclusionPositioned(
        bytes32 root,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) external pure returns (bool) {
        return _endsIn(root, MerkleInclusion.positionedNodes(leaf, index, size, path));
    }

    function _standing(IDocumentStore store, bytes32[] memory nodes) private view returns (Standing) {
        if (nodes.length == 0 || !store.isIssued(nodes[nodes.length - 1])) return Standing.NotAnchored;
        for (uint256 i = 0; i < nodes.length; ++i) {
            if (store.isRevoked(nodes[i])) return Standing.Revoked;
        }
        return Standing.Good;
    }

    function _sortedNodes(
        bytes calldata content,
        bytes32[] calldata path
    ) private pure returns (bytes32[] memory nodes) {
        if (content.length == _PAIR_LENGTH) return nodes;
        return MerkleInclusion.sortedNodes(keccak256(content), path);
    }

    function _endsIn(bytes32 root, bytes32[] memory nodes) private pure returns (bool) {
        return nodes.length != 0 && nodes[nodes.length - 1] == root;
    }
}
