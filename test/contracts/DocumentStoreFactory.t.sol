// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../../contracts/DocumentStore.sol";
import {DocumentStoreFactory} from "../../contracts/DocumentStoreFactory.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev Whatever name, owner and salt: the address is the foretold one, and the store is its owner's alone.
contract DocumentStoreFactoryFuzzTest is TestBase {
    DocumentStoreFactory private _factory;

    function setUp() external {
        _factory = new DocumentStoreFactory();
    }

    function testFuzz_both_areAsForetold(string calldata name, address owner, bytes32 salt, address caller) external {
        vm.assume(owner != address(0));
        vm.assume(owner != address(this));
        address deployed = _factory.storeAddress(name, owner, salt);
        address cloned = _factory.cloneAddress(name, owner, salt);
        check(deployed != cloned, "two addresses");
        vm.startPrank(caller);
        check(_factory.deployStore(name, owner, salt) == deployed, "deployed as foretold");
        check(_factory.cloneStore(name, owner, salt) == cloned, "cloned as foretold");
        vm.stopPrank();
        _checkOwned(DocumentStore(deployed), name, owner);
        _checkOwned(DocumentStore(cloned), name, owner);
    }

    function _checkOwned(DocumentStore store, string calldata name, address owner) private view {
        check(keccak256(bytes(store.name())) == keccak256(bytes(name)), "its name");
        check(store.owner() == owner, "its owner");
        bytes32[3] memory roles = [bytes32(0), store.ISSUER_ROLE(), store.REVOKER_ROLE()];
        for (uint256 i = 0; i < 3; ++i) {
            check(store.hasRole(roles[i], owner), "the owner's role");
            check(!store.hasRole(roles[i], address(_factory)) && !store.hasRole(roles[i], address(this)), "no other");
        }
    }
}
