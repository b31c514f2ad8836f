// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../../contracts/DocumentStore.sol";
import {StoreHandler} from "./support/StoreHandler.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev After any run of calls by any accounts, the store is what the plain model says.
contract DocumentStoreInvariantTest is TestBase {
    StoreHandler private _handler;
    DocumentStore private _store;

    function setUp() external {
        _handler = new StoreHandler();
        _store = _handler.store();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_theStoreIsWhatTheModelSays() external view {
        _issuedIsNeverUnsetAndNeverChanges();
        _zeroIsNoRootAndNoNode();
        _revokedIsForEverAndVoidFollowsTheCompromise();
        _noRoleWithoutAGrant();
        _compromiseIsMonotonicAndBarsFromWriting();
        _listsAreWhatWasSet();
        _ownerIsAnAdminOrNobody();
    }

    function _issuedIsNeverUnsetAndNeverChanges() private view {
        for (uint256 i = 0; i < _handler.NODES(); ++i) {
            bytes32 node = _handler.node(i);
            (address account, uint256 blockNumber) = _handler.anchorOf(node);
            (uint256 atBlock, , address by) = _store.anchorOf(node);
            check(_store.isIssued(node) == (blockNumber != 0), "issued for ever");
            check(atBlock == blockNumber && by == account, "when and by whom");
            check(_store.documentIssued(node) == blockNumber, "the block");
        }
    }

    function _zeroIsNoRootAndNoNode() private view {
        check(!_store.isIssued(0) && !_store.isRevoked(0), "zero");
    }

    function _revokedIsForEverAndVoidFollowsTheCompromise() private view {
        for (uint256 i = 0; i < _handler.NODES(); ++i) {
            bytes32 node = _handler.node(i);
            (address account, uint256 blockNumber) = _handler.anchorOf(node);
            uint256 since = _handler.compromisedSince(account);
            bool isVoid = blockNumber != 0 && since != 0 && blockNumber >= since;
            check(_store.isRevoked(node) == (_handler.wasRevoked(node) || isVoid), "revoked for ever");
            check(_store.isActive(node) == (_store.isIssued(node) && !_store.isRevoked(node)), "active");
            check(!isVoid || _store.isRevokedBefore(node, blockNumber), "void from its anchoring");
        }
    }

    function _noRoleWithoutAGrant() private view {
        for (uint256 r = 0; r < _handler.ROLES(); ++r) {
            for (uint256 a = 0; a < _handler.ACTORS(); ++a) {
                (bytes32 role, address account) = (_handler.role(r), _handler.actor(a));
                check(_store.hasRole(role, account) == _handler.holds(role, account), "the roles");
            }
        }
    }

    function _compromiseIsMonotonicAndBarsFromWriting() private view {
        for (uint256 a = 0; a < _handler.ACTORS(); ++a) {
            address account = _handler.actor(a);
            uint256 since = _store.compromisedSince(account);
            check(since == _handler.compromisedSince(account), "the earliest declared");
            bool writes = _store.hasRole(_handler.role(1), account) || _store.hasRole(_handler.role(2), account);
            check(since == 0 || !writes, "no writing role");
        }
    }

    function _listsAreWhatWasSet() private view {
        (uint256[] memory revoked, uint256[] memory suspended) = _store.statusWords(
            _handler.LIST(),
            0,
            _handler.WORDS()
        );
        for (uint256 word = 0; word < _handler.WORDS(); ++word) {
            check(revoked[word] == _handler.revokedBits(word), "revoked for ever");
            check(suspended[word] == _handler.suspendedBits(word), "suspended until reinstated");
        }
    }

    function _ownerIsAnAdminOrNobody() private view {
        check(_store.owner() == address(0) || _store.hasRole(0, _store.owner()), "the owner");
        check(_store.paused() == _handler.paused(), "paused");
        check(_store.revocationCap() == _handler.cap(), "the cap");
    }
}
