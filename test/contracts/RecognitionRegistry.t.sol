// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RecognitionRegistry} from "../../contracts/RecognitionRegistry.sol";
import {IRecognitionRegistry} from "../../contracts/interfaces/IRecognitionRegistry.sol";
import {RegistryHandler} from "./support/RegistryHandler.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev After any run of calls by any accounts: scopes only narrow, grants never change, withdrawals only move back.
contract RecognitionRegistryInvariantTest is TestBase {
    RegistryHandler private _handler;
    RecognitionRegistry private _registry;

    function setUp() external {
        _handler = new RegistryHandler();
        _registry = _handler.registry();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_recognitionOnlyNarrowsAndHistoryStays() external view {
        for (uint256 id = 1; id <= _registry.count(); ++id) {
            IRecognitionRegistry.Recognition memory child = _registry.recognitionOf(id);
            check(keccak256(abi.encode(child)) == _handler.granted(id), "a grant never changes");
            check(_registry.withdrawnSince(id, type(uint48).max) == _handler.withdrawnSince(id), "the earliest");
            if (child.parent == 0) continue;
            IRecognitionRegistry.Recognition memory parent = _registry.recognitionOf(child.parent);
            check(child.parent < id && child.recogniser == parent.delegate, "passed on by the delegate");
            _checkWithin(child.scope, parent.scope);
            _checkForce(id, child.parent, child.grantedAt);
        }
    }

    /// @dev The order on scopes, written another way than the contract's.
    function _checkWithin(
        IRecognitionRegistry.Scope memory inner,
        IRecognitionRegistry.Scope memory outer
    ) private pure {
        check(inner.types | outer.types == outer.types, "types");
        check(inner.level <= outer.level, "level");
        check(inner.from >= outer.from && inner.until <= outer.until, "period");
        check(inner.depth < outer.depth, "depth");
        for (uint256 i = 0; i < 6; ++i) {
            if (outer.jurisdiction[i] != 0) check(inner.jurisdiction[i] == outer.jurisdiction[i], "place");
        }
    }

    /// @dev Nothing is in force whose parent is not, and nothing before it was granted.
    function _checkForce(uint256 id, uint256 parent, uint48 grantedAt) private view {
        uint48[4] memory blocks = [grantedAt - 1, grantedAt, grantedAt + 5, uint48(_handler.blockNumber())];
        for (uint256 i = 0; i < 4; ++i) {
            IRecognitionRegistry.Moment memory moment = IRecognitionRegistry.Moment(
                blocks[i],
                1_000,
                uint48(_handler.blockNumber())
            );
            if (_registry.isInForce(id, moment)) {
                check(_registry.isInForce(parent, moment), "in force only under a parent in force");
                check(blocks[i] >= grantedAt, "in force only after the grant");
            }
        }
    }
}
