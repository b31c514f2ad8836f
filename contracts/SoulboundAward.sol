// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {ERC721, IERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {ISoulboundAward} from "./interfaces/ISoulboundAward.sol";
import {MerkleInclusion} from "./verification/MerkleInclusion.sol";

/// @title A token that cannot be given away, for a document that is anchored
/// @dev What each function promises is written in ISoulboundAward. The store is the only contract called, besides a
///      signer that is a contract, and both only to read.
contract SoulboundAward is ISoulboundAward, ERC721, EIP712 {
    /// @dev What a token was claimed for; kept after burning, so that no document is claimed twice.
    struct Award {
        bytes32 root;
        bytes32 statusList;
        uint256 statusIndex;
    }

    bytes4 private constant _ERC5192 = 0xb45a3c0e;
    bytes32 private constant _ISSUER_ROLE = keccak256("ISSUER_ROLE");
    bytes32 private constant _PERMIT = keccak256(
        "Permit(bytes32 document,address holder,bytes32 statusList,uint256 statusIndex,uint256 deadline)"
    );

    address public immutable store;
    mapping(uint256 tokenId => Award award) private _awards;

    constructor(
        address documentStore,
        string memory collection,
        string memory symbol
    ) ERC721(collection, symbol) EIP712("SoulboundAward", "1") {
        store = documentStore;
    }

    function claim(
        Permit calldata permit,
        address signer,
        bytes calldata signature,
        Inclusion calldata inclusion
    ) external {
        _checkPermit(permit, signer, signature);
        uint256 tokenId = uint256(permit.document);
        if (_awards[tokenId].root != 0) revert AlreadyClaimed(permit.document);

        bytes32[] memory nodes = _nodes(permit.document, inclusion);
        if (nodes.length == 0) revert NotAnchored(permit.document);
        bytes32 root = nodes[nodes.length - 1];
        if (!IDocumentStore(store).isIssued(root)) revert NotAnchored(permit.document);
        if (_anyRevoked(nodes)) revert DocumentRevoked(permit.document);

        _awards[tokenId] = Award(root, permit.statusList, permit.statusIndex);
        (bool revoked, ) = _status(tokenId);
        if (revoked) revert DocumentRevoked(permit.document);
        _mint(msg.sender, tokenId);
        emit Locked(tokenId);
    }

    function burn(uint256 tokenId) external {
        if (ownerOf(tokenId) != msg.sender) revert NotHolder(msg.sender);
        _burn(tokenId);
    }

    function retire(uint256 tokenId, Inclusion calldata inclusion) external {
        (bool revoked, ) = _status(tokenId);
        if (!revoked && !_anyRevoked(_provenNodes(tokenId, inclusion))) revert NotRevoked(bytes32(tokenId));
        _burn(tokenId);
    }

    function isActive(uint256 tokenId) external view returns (bool) {
        if (_ownerOf(tokenId) == address(0)) return false;
        bytes32[] memory ends = new bytes32[](2);
        (ends[0], ends[1]) = (bytes32(tokenId), _awards[tokenId].root);
        return _isGood(tokenId, ends);
    }

    function isActiveAlong(uint256 tokenId, Inclusion calldata inclusion) external view returns (bool) {
        return _ownerOf(tokenId) != address(0) && _isGood(tokenId, _provenNodes(tokenId, inclusion));
    }

    function locked(uint256 tokenId) external view returns (bool) {
        _requireOwned(tokenId);
        return true;
    }

    function rootOf(uint256 tokenId) external view returns (bytes32) {
        return _awards[tokenId].root;
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == _ERC5192 || super.supportsInterface(interfaceId);
    }

    function approve(address, uint256) public pure override(ERC721, IERC721) {
        revert TokenLocked();
    }

    function setApprovalForAll(address, bool) public pure override(ERC721, IERC721) {
        revert TokenLocked();
    }

    /// @inheritdoc ERC721
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from != address(0) && to != address(0)) revert TokenLocked();
    }

    function _checkPermit(Permit calldata permit, address signer, bytes calldata signature) private view {
        if (permit.holder != msg.sender) revert NotHolder(msg.sender);
        if (block.timestamp > permit.deadline) revert PermitExpired(permit.deadline);
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    _PERMIT,
                    permit.document,
                    permit.holder,
                    permit.statusList,
                    permit.statusIndex,
                    permit.deadline
                )
            )
        );
        if (
            !SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature) ||
            !IAccessControl(store).hasRole(_ISSUER_ROLE, signer)
        ) revert PermitNotByIssuer(signer);
    }

    function _isGood(uint256 tokenId, bytes32[] memory nodes) private view returns (bool) {
        (bool revoked, bool suspended) = _status(tokenId);
        return !revoked && !suspended && !_anyRevoked(nodes);
    }

    /// @dev What the status list says; neither, if the document has none.
    function _status(uint256 tokenId) private view returns (bool revoked, bool suspended) {
        Award storage award = _awards[tokenId];
        if (award.statusList == 0) return (false, false);
        return IDocumentStore(store).statusOf(award.statusList, award.statusIndex);
    }

    function _anyRevoked(bytes32[] memory nodes) private view returns (bool) {
        for (uint256 i = 0; i < nodes.length; ++i) {
            if (IDocumentStore(store).isRevoked(nodes[i])) return true;
        }
        return false;
    }

    /// @dev The nodes of the very path under which the token was claimed.
    function _provenNodes(uint256 tokenId, Inclusion calldata inclusion) private view returns (bytes32[] memory nodes) {
        nodes = _nodes(bytes32(tokenId), inclusion);
        if (nodes.length == 0 || nodes[nodes.length - 1] != _awards[tokenId].root) revert NotAnchored(bytes32(tokenId));
    }

    function _nodes(bytes32 document, Inclusion calldata inclusion) private pure returns (bytes32[] memory) {
        return
            inclusion.positioned
                ? MerkleInclusion.positionedNodes(document, inclusion.index, inclusion.size, inclusion.path)
                : MerkleInclusion.sortedNodes(document, inclusion.path);
    }
}
