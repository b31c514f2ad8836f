// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDocumentStore} from "./IDocumentStore.sol";

/// @title Credentials for other contracts
/// @notice Answers whether a document lies under a root, and how a store stands to it. Without state, so one
///         deployment a chain serves everybody; no answer says who the issuer is: choosing the store is the caller's
///         trust.
interface ICredentialVerifier {
    /// @notice How a store stands to a document. Zero is the refusal, so that forgetting to look is no approval.
    enum Standing {
        NotAnchored,
        Revoked,
        Good
    }

    /// @notice How `store` stands to a document of a tree of sorted pairs: its root must be issued, and neither leaf
    ///         nor inner node nor root revoked. Status lists are not part of this answer: ask statusOf with the
    ///         position the document states.
    /// @param store the store the caller trusts for this issuer.
    /// @param content the bytes whose keccak-256 is the leaf; 64 bytes are refused.
    /// @param path siblings, the leaf's first.
    function checkSorted(
        IDocumentStore store,
        bytes calldata content,
        bytes32[] calldata path
    ) external view returns (Standing);

    /// @notice How `store` stands to a document of a position-bound tree.
    /// @param store the store the caller trusts for this issuer.
    /// @param leaf digest of the document.
    /// @param index place of the leaf, from 0.
    /// @param size number of leaves; 1 to 2^32.
    /// @param path siblings, the leaf's first.
    function checkPositioned(
        IDocumentStore store,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) external view returns (Standing);

    /// @notice Whether the document lies under `root` in a tree of sorted pairs (OpenAttestation).
    /// @param root the root, from a store.
    /// @param content the bytes whose keccak-256 is the leaf: in OpenAttestation the JSON array of salted hashes,
    ///        which gives nothing personal away. Asked for because in such a tree a digest alone could be an inner
    ///        node; 64 bytes, the length of a pair, are refused.
    /// @param path siblings, the leaf's first.
    function verifyInclusionSorted(
        bytes32 root,
        bytes calldata content,
        bytes32[] calldata path
    ) external pure returns (bool);

    /// @notice Whether the document lies under `root` in a position-bound tree (the native format).
    /// @param root the root, from a store.
    /// @param leaf digest of the document, H(00 || canonical JSON); the document itself stays private.
    /// @param index place of the leaf, from 0.
    /// @param size number of leaves; 1 to 2^32.
    /// @param path siblings, the leaf's first; its length must be the one that index and size dictate.
    function verifyInclusionPositioned(
        bytes32 root,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata path
    ) external pure returns (bool);
}
