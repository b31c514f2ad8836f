// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../../contracts/DocumentStore.sol";
import {IDocumentStore} from "../../contracts/interfaces/IDocumentStore.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev Properties of single calls, over random arguments.
contract DocumentStoreFuzzTest is TestBase {
    DocumentStore private _store;

    function setUp() external {
        _store = new DocumentStore("University of Somewhere", address(this));
    }

    function testFuzz_issue_recordsBlockTimeAndAccount(bytes32 root, uint40 blockNumber, uint40 time) external {
        vm.assume(root != 0);
        vm.assume(blockNumber != 0);
        vm.roll(blockNumber);
        vm.warp(time);
        _store.issue(root);
        (uint256 atBlock, uint256 atTime, address account) = _store.anchorOf(root);
        check(atBlock == blockNumber && atTime == time && account == address(this), "the anchor");
        check(_store.isIssued(root) && !_store.isRevoked(root), "issued, not revoked");
    }

    function testFuzz_revoke_recordsBlockTimeAccountAndReason(
        bytes32 node,
        uint40 blockNumber,
        uint40 time,
        uint16 reason
    ) external {
        vm.assume(node != 0);
        vm.assume(blockNumber != 0);
        vm.roll(blockNumber);
        vm.warp(time);
        bytes32[] memory nodes = new bytes32[](1);
        nodes[0] = node;
        _store.revokeWithReason(nodes, reason);
        (uint256 atBlock, uint256 atTime, address account, uint16 why) = _store.revocationOf(node);
        check(atBlock == blockNumber && atTime == time, "when");
        check(account == address(this) && why == reason, "who and why");
        check(_store.isRevoked(node) && !_store.isIssued(node), "revoked, not issued");
    }

    function testFuzz_fallback_anchorsThirtyTwoBytesAndNothingElse(bytes calldata data) external {
        (bool accepted, ) = address(_store).call(data);
        if (data.length == 32) check(accepted == _store.isIssued(bytes32(data)), "issued if and only if accepted");
        else check(!_store.isIssued(bytes32(data)), "not issued");
    }

    function testFuzz_fallback_anchorsAnyRoot(bytes32 root) external {
        (bool accepted, ) = address(_store).call(abi.encode(root));
        vm.assume(accepted);
        check(_store.isIssued(root) || _isFunction(bytes4(root)), "issued, or a getter by that selector");
    }

    function testFuzz_anyone_else_writesNothing(address sender, bytes32 node) external {
        vm.assume(sender != address(this));
        vm.assume(node != 0);
        vm.startPrank(sender);
        (bool issued, ) = address(_store).call(abi.encodeCall(IDocumentStore.issue, (node)));
        (bool revoked, ) = address(_store).call(abi.encodeCall(IDocumentStore.revoke, (node)));
        vm.stopPrank();
        check(!issued && !revoked, "refused");
        check(!_store.isIssued(node) && !_store.isRevoked(node), "nothing written");
    }

    function testFuzz_bulk_costsGasInProportion(uint8 count, bytes32 seed) external {
        bytes32[] memory nodes = new bytes32[](between(count, 1, 100));
        for (uint256 i = 0; i < nodes.length; ++i) nodes[i] = keccak256(abi.encode(seed, i));
        uint256 before = gasleft();
        _store.bulkIssue(nodes);
        uint256 issuing = before - gasleft();
        before = gasleft();
        _store.bulkRevoke(nodes);
        uint256 revoking = before - gasleft();
        check(issuing < 15_000 + 25_500 * nodes.length, "issuing");
        check(revoking < 15_000 + 25_500 * nodes.length, "revoking");
    }

    /// @dev A root whose first four bytes name a getter runs that getter: the call succeeds and registers nothing.
    function _isFunction(bytes4 selector) private view returns (bool) {
        (bool known, ) = address(_store).staticcall(abi.encodePacked(selector));
        return known;
    }
}
