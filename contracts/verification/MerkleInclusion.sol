// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title Which nodes a document's path runs through
/// @notice The two shapes of trees whose roots document stores hold, both over keccak-256:
///
///         sorted      node = H(min(a, b) || max(a, b)); the root is the top node. OpenAttestation's tree.
///                     A digest alone does not tell a leaf from an inner node.
///         positioned  node = H(01 || left || right), shaped as in RFC 6962; the root is
///                     H(02 || size, 8 bytes || top node). The native tree. Leaves are H(00 || document), and since
///                     the size is in the root, the length of a path is given by its index: no inner node can pass
///                     for a leaf.
///
/// @dev Both folds are total: they return an empty array for a path that cannot be one, and never revert.
library MerkleInclusion {
    /// @dev 2^64 leaves do not exist; it bounds the work.
    uint256 internal constant MAX_SORTED_PATH = 64;

    /// @dev Largest tree of the native format.
    uint256 internal constant MAX_SIZE = 1 << 32;

    /// @dev Nodes from `leaf` to the root in a tree of sorted pairs.
    /// @param leaf digest of the document.
    /// @param path siblings, the leaf's first; empty for a tree of one leaf.
    /// @return nodes leaf first, root last: path length + 1; empty if the path is too long.
    function sortedNodes(bytes32 leaf, bytes32[] calldata path) internal pure returns (bytes32[] memory nodes) {
        if (path.length > MAX_SORTED_PATH) return nodes;
        nodes = new bytes32[](path.length + 1);
        nodes[0] = leaf;
        for (uint256 i = 0; i < path.length; ++i) {
            nodes[i + 1] = Hashes.commutativeKeccak256(nodes[i], path[i]);
        }
    }

    /// @dev Nodes from `leaf` to the root in a position-bound tree: the fold of RFC 9162, 2.1.3.2, then the tagged
    ///      root.
    /// @param leaf digest of the document, tag 00 included.
    /// @param index place of the leaf, from 0.
    /// @param size number of leaves; 1 to 2^32.
    /// @param path siblings, the leaf's first; empty for a tree of one leaf.
    /// @return nodes leaf first, then each fold, then the tagged root: path length + 2; empty if the path does not
    ///         fit.
    function positionedNodes(
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) internal pure returns (bytes32[] memory nodes) {
        if (index >= size || size > MAX_SIZE || path.length != _positionedPathLength(index, size)) return nodes;
        nodes = new bytes32[](path.length + 2);
        nodes[0] = leaf;
        uint256 last = size - 1;
        for (uint256 i = 0; i < path.length; ++i) {
            // A right-most node without a sibling climbs until it has one, on its left.
            while (index == last && index & 1 == 0) (index, last) = (index >> 1, last >> 1);
            nodes[i + 1] = index & 1 == 1 ? _node(path[i], nodes[i]) : _node(nodes[i], path[i]);
            (index, last) = (index >> 1, last >> 1);
        }
        nodes[path.length + 1] = keccak256(abi.encodePacked(hex"02", uint64(size), nodes[path.length]));
    }

    /// @dev Levels on which the node over `index` has a sibling.
    function _positionedPathLength(uint256 index, uint256 size) private pure returns (uint256 length) {
        for (uint256 last = size - 1; last != 0; last >>= 1) {
            if (index != last || index & 1 == 1) ++length;
            index >>= 1;
        }
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"01", left, right));
    }
}
