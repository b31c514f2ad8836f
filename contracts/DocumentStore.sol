// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IDocumentStore} from "./interfaces/IDocumentStore.sol";
import {StatusLists} from "./store/StatusLists.sol";

/// @title One issuer's register of anchored Merkle roots and revoked nodes
/// @dev What each function promises is written in IDocumentStore. No immutables and no upgrade: the hash of the
///      runtime code names the release.
contract DocumentStore is StatusLists, IDocumentStore, Multicall {
    /// @dev One slot: who anchored a root, and when.
    struct Anchor {
        address account;
        uint48 blockNumber;
        uint48 time;
    }

    /// @dev One slot: who revoked a node, when and why.
    struct Revocation {
        address account;
        uint40 blockNumber;
        uint40 time;
        uint16 reason;
    }

    /// @dev OpenAttestation's IDocumentStore: name, isIssued, isRevoked, isActive and revoke.
    bytes4 private constant _OPEN_ATTESTATION_STORE = 0xb9391097;

    string private _name;
    mapping(bytes32 document => Anchor anchor) private _anchors;
    mapping(bytes32 document => Revocation revocation) private _revocations;

    constructor(string memory storeName, address storeOwner) {
        _initialise(storeName, storeOwner);
    }

    /// @dev A raw root: the 32 bytes of a Blockcerts anchor. The same door as issue(), and no other call may pass.
    // solhint-disable-next-line no-complex-fallback, payable-fallback
    fallback() external onlyIssuer {
        if (msg.data.length != 32) revert UnexpectedCalldata(msg.data.length);
        _issue(abi.decode(msg.data, (bytes32)));
    }

    // ─── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    function issue(bytes32 document) external onlyIssuer {
        _issue(document);
    }

    function bulkIssue(bytes32[] calldata documents) external onlyIssuer {
        for (uint256 i = 0; i < documents.length; ++i) _issue(documents[i]);
    }

    function revoke(bytes32 document) external onlyRevoker returns (bool) {
        _revoke(document, 0);
        return true;
    }

    function bulkRevoke(bytes32[] calldata documents) external onlyRevoker {
        _revokeAll(documents, 0);
    }

    function revokeWithReason(bytes32[] calldata documents, uint16 reason) external onlyRevoker {
        _revokeAll(documents, reason);
    }

    // ─── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    function anchorOf(bytes32 document) external view returns (uint256 blockNumber, uint256 time, address account) {
        Anchor storage anchor = _anchors[document];
        return (anchor.blockNumber, anchor.time, anchor.account);
    }

    function revocationOf(
        bytes32 document
    ) external view returns (uint256 blockNumber, uint256 time, address account, uint16 reason) {
        Revocation storage revocation = _revocations[document];
        return (revocation.blockNumber, revocation.time, revocation.account, revocation.reason);
    }

    function isActive(bytes32 document) external view returns (bool) {
        return isIssued(document) && !isRevoked(document);
    }

    function getIssuedBlock(bytes32 document) external view returns (uint256) {
        uint256 blockNumber = documentIssued(document);
        if (blockNumber == 0) revert NotIssued(document);
        return blockNumber;
    }

    function isIssuedBefore(bytes32 document, uint256 blockNumber) external view returns (bool) {
        return _isBetween(documentIssued(document), blockNumber);
    }

    function isRevokedBefore(bytes32 document, uint256 blockNumber) external view returns (bool) {
        return _isBetween(documentRevoked(document), blockNumber);
    }

    function name() external view returns (string memory) {
        return _name;
    }

    function version() external pure returns (string memory) {
        return "testamur-1.0.0";
    }

    function isIssued(bytes32 document) public view returns (bool) {
        return documentIssued(document) != 0;
    }

    function isRevoked(bytes32 document) public view returns (bool) {
        return documentRevoked(document) != 0;
    }

    function documentIssued(bytes32 document) public view returns (uint256) {
        return _anchors[document].blockNumber;
    }

    function documentRevoked(bytes32 document) public view returns (uint256) {
        uint256 revoked = _revocations[document].blockNumber;
        uint256 voided = _voidSince(document);
        return voided != 0 && (revoked == 0 || voided < revoked) ? voided : revoked;
    }

    /// @inheritdoc AccessControl
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == _OPEN_ATTESTATION_STORE || super.supportsInterface(interfaceId);
    }

    // ─── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────

    function _initialise(string memory storeName, address storeOwner) internal {
        _initialiseRoles(storeOwner);
        _name = storeName;
    }

    function _issue(bytes32 document) private {
        if (document == 0) revert ZeroDocument();
        Anchor storage anchor = _anchors[document];
        uint256 blockNumber = anchor.blockNumber;
        if (blockNumber != 0) revert AlreadyIssued(document, blockNumber);
        // Member by member: a struct would be built in memory first. The compiler makes one write of them.
        anchor.account = msg.sender;
        anchor.blockNumber = uint48(block.number);
        anchor.time = uint48(block.timestamp);
        emit DocumentIssued(document);
    }

    function _revokeAll(bytes32[] calldata documents, uint16 reason) private {
        for (uint256 i = 0; i < documents.length; ++i) _revoke(documents[i], reason);
    }

    function _revoke(bytes32 document, uint16 reason) private {
        if (document == 0) revert ZeroDocument();
        Revocation storage revocation = _revocations[document];
        uint256 blockNumber = revocation.blockNumber;
        if (blockNumber != 0) revert AlreadyRevoked(document, blockNumber);
        if (revocationCap() != 0) {
            if (isIssued(document)) _checkRole(DEFAULT_ADMIN_ROLE);
            _spendCap(1);
        }
        revocation.account = msg.sender;
        revocation.blockNumber = uint40(block.number);
        revocation.time = uint40(block.timestamp);
        revocation.reason = reason;
        emit DocumentRevoked(document);
    }

    /// @dev The block at which `document` was anchored with a compromised key; 0 if it was not.
    function _voidSince(bytes32 document) private view returns (uint256) {
        Anchor memory anchor = _anchors[document];
        if (anchor.blockNumber == 0) return 0;
        uint256 sinceBlock = compromisedSince(anchor.account);
        return sinceBlock != 0 && anchor.blockNumber >= sinceBlock ? anchor.blockNumber : 0;
    }

    function _isBetween(uint256 blockNumber, uint256 last) private pure returns (bool) {
        return blockNumber != 0 && blockNumber <= last;
    }
}
