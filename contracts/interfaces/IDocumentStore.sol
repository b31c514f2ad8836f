// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IStatusLists} from "./IStatusLists.sol";
import {IStoreAccess} from "./IStoreAccess.sol";

/// @title One issuer's register of anchored Merkle roots and revoked nodes
/// @notice A drop-in for OpenAttestation's DocumentStore: same functions, events and answers. Besides, calldata of
///         exactly 32 bytes from an issuer anchors those bytes as a root, which makes the transaction a Blockcerts
///         anchor too. "Document" in names that come from OpenAttestation means any node of a tree: root, inner node
///         or leaf.
interface IDocumentStore is IStatusLists, IStoreAccess {
    /// @notice `document` was anchored.
    /// @param document the root.
    event DocumentIssued(bytes32 indexed document);

    /// @notice `document` was revoked, for ever.
    /// @param document the node.
    event DocumentRevoked(bytes32 indexed document);

    /// @notice Zero is no root and no node.
    error ZeroDocument();

    /// @notice `document` was anchored before, at `blockNumber`.
    error AlreadyIssued(bytes32 document, uint256 blockNumber);

    /// @notice `document` was revoked before, at `blockNumber`.
    error AlreadyRevoked(bytes32 document, uint256 blockNumber);

    /// @notice `document` was never anchored.
    error NotIssued(bytes32 document);

    /// @notice The call names no function of the store and is no raw root of 32 bytes either.
    error UnexpectedCalldata(uint256 length);

    /// @notice Anchors a root.
    /// @dev Only ISSUER_ROLE; not while paused. Refuses zero and what is anchored already.
    /// @param document the root.
    function issue(bytes32 document) external;

    /// @notice Anchors several roots, all or none.
    /// @param documents the roots, all different.
    function bulkIssue(bytes32[] calldata documents) external;

    /// @notice Revokes a node with reason 0, "unspecified". A node that was never anchored (a leaf, an inner node) can
    ///         be revoked like any other; all documents under it go with it.
    /// @dev Only REVOKER_ROLE; not while paused; permanent. Refuses zero and what is revoked already.
    /// @param document the node.
    /// @return always true.
    function revoke(bytes32 document) external returns (bool);

    /// @notice Revokes several nodes with reason 0, all or none.
    /// @param documents the nodes, all different.
    function bulkRevoke(bytes32[] calldata documents) external;

    /// @notice Revokes several nodes for a stated reason, all or none.
    /// @param documents the nodes, all different.
    /// @param reason the issuer's reason code, as in RFC 5280.
    function revokeWithReason(bytes32[] calldata documents, uint16 reason) external;

    /// @notice Whether `document` was anchored here. Never reverts, never becomes false again.
    /// @param document the root; any value.
    function isIssued(bytes32 document) external view returns (bool);

    /// @notice Whether `document` was revoked, or was anchored by an account after its key was compromised. Never
    ///         reverts. Says nothing about the nodes above or below: a verifier asks for every node of its path.
    /// @param document the node; any value.
    function isRevoked(bytes32 document) external view returns (bool);

    /// @notice Anchored and not revoked. Never reverts.
    /// @param document the root.
    function isActive(bytes32 document) external view returns (bool);

    /// @notice When and by whom a root was anchored; all zero if it was not.
    /// @param document the root.
    /// @return blockNumber block of anchoring.
    /// @return time that block's time, in seconds since 1970.
    /// @return account the account that anchored it.
    function anchorOf(bytes32 document) external view returns (uint256 blockNumber, uint256 time, address account);

    /// @notice When, by whom and why a node was revoked; all zero if it was not. A root that is void because of a
    ///         compromise has no entry of its own here.
    /// @param document the node.
    /// @return blockNumber block of revocation.
    /// @return time that block's time, in seconds since 1970.
    /// @return account the account that revoked it.
    /// @return reason the issuer's reason code.
    function revocationOf(
        bytes32 document
    ) external view returns (uint256 blockNumber, uint256 time, address account, uint16 reason);

    /// @notice Block at which `document` was anchored; 0 if never.
    /// @param document the root.
    function documentIssued(bytes32 document) external view returns (uint256);

    /// @notice Block from which `document` counts as revoked; 0 if it does not. A root void by compromise counts as
    ///         revoked from its own anchoring: it never was good.
    /// @param document the node.
    function documentRevoked(bytes32 document) external view returns (uint256);

    /// @notice Block at which `document` was anchored; reverts with NotIssued if never.
    /// @param document the root.
    function getIssuedBlock(bytes32 document) external view returns (uint256);

    /// @notice Whether `document` was anchored at `blockNumber` or earlier.
    /// @param document the root.
    /// @param blockNumber the block, itself included.
    function isIssuedBefore(bytes32 document, uint256 blockNumber) external view returns (bool);

    /// @notice Whether `document` counts as revoked at `blockNumber` or earlier.
    /// @param document the node.
    /// @param blockNumber the block, itself included.
    function isRevokedBefore(bytes32 document, uint256 blockNumber) external view returns (bool);

    /// @notice The issuer's name for this store. A claim, not a proof of who the issuer is.
    function name() external view returns (string memory);

    /// @notice Release of this code.
    function version() external view returns (string memory);
}
