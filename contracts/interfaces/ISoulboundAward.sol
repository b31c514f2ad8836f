// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @title A token that cannot be given away, for a document that is anchored (ERC-721 and ERC-5192)
/// @notice One collection an issuer, bound to the issuer's document store. A graduate claims, and pays for, the token
///         of a document that the store holds; the issuer's permit says which account the graduate is, so that nobody
///         else who holds a copy of the document can claim first. The token's number is the salted digest of the
///         document: nothing personal is on chain. What the store revokes loses its standing here at once.
interface ISoulboundAward is IERC721 {
    /// @notice The issuer's word, signed off chain (EIP-712), that `holder` may claim the document.
    /// @param document digest of the document, its leaf in the tree.
    /// @param holder the account that may claim.
    /// @param statusList list that carries the document's status; zero if it has none.
    /// @param statusIndex position in that list.
    /// @param deadline last second at which the permit can be used.
    struct Permit {
        bytes32 document;
        address holder;
        bytes32 statusList;
        uint256 statusIndex;
        uint256 deadline;
    }

    /// @notice How the document hangs in its tree.
    /// @param positioned true for the native position-bound tree, false for sorted pairs.
    /// @param index place of the leaf; only for a position-bound tree.
    /// @param size number of leaves; only for a position-bound tree.
    /// @param path siblings, the leaf's first.
    struct Inclusion {
        bool positioned;
        uint256 index;
        uint256 size;
        bytes32[] path;
    }

    /// @notice ERC-5192: the token exists and is locked.
    /// @param tokenId the token: the digest of its document.
    event Locked(uint256 tokenId);

    /// @notice ERC-5192: never emitted, no token is ever unlocked.
    /// @param tokenId the token.
    event Unlocked(uint256 tokenId);

    /// @notice Tokens of this contract are neither transferred nor approved.
    error TokenLocked();

    /// @notice Only the holder named in the permit claims, and only the holder burns.
    error NotHolder(address account);

    /// @notice The permit was good until `deadline`.
    error PermitExpired(uint256 deadline);

    /// @notice The permit was not signed by `signer`, or `signer` is no issuer of the store.
    error PermitNotByIssuer(address signer);

    /// @notice The token of this document was claimed before; burning does not free it.
    error AlreadyClaimed(bytes32 document);

    /// @notice The path does not lead from the document to a root that the store has issued.
    error NotAnchored(bytes32 document);

    /// @notice The document, a node above it or its entry in the status list is revoked.
    error DocumentRevoked(bytes32 document);

    /// @notice Nothing above the document is revoked: there is nothing to retire.
    error NotRevoked(bytes32 document);

    /// @notice Mints the token of a document to the caller.
    /// @param permit names the caller as holder.
    /// @param signer the issuer that signed the permit; an account or a contract (ERC-1271).
    /// @param signature over the permit, for this contract on this chain.
    /// @param inclusion where the document hangs.
    function claim(
        Permit calldata permit,
        address signer,
        bytes calldata signature,
        Inclusion calldata inclusion
    ) external;

    /// @notice Destroys the caller's token, for good.
    /// @param tokenId a token of the caller.
    function burn(uint256 tokenId) external;

    /// @notice Destroys the token of a document that was revoked. Anybody may call: the store decides.
    /// @param tokenId the token.
    /// @param inclusion where the document hangs, so that a revoked inner node counts too.
    function retire(uint256 tokenId, Inclusion calldata inclusion) external;

    /// @notice Whether the token exists and neither its document, nor its root, nor its entry in the status list is
    ///         revoked or suspended. A revoked inner node is seen only with the path: see isActiveAlong.
    /// @param tokenId the token; false if there is none.
    function isActive(uint256 tokenId) external view returns (bool);

    /// @notice As isActive, and no node between document and root is revoked either.
    /// @param tokenId the token; false if there is none.
    /// @param inclusion where the document hangs; refused if it leads elsewhere than to the root claimed under.
    function isActiveAlong(uint256 tokenId, Inclusion calldata inclusion) external view returns (bool);

    /// @notice ERC-5192: true for every token; reverts if there is none.
    /// @param tokenId the token.
    function locked(uint256 tokenId) external view returns (bool);

    /// @notice The store whose documents these are.
    function store() external view returns (address);

    /// @notice The root under which the document was claimed; zero if it was not.
    /// @param tokenId the token, burned or not.
    function rootOf(uint256 tokenId) external view returns (bytes32);
}
