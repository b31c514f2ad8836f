// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {DocumentStore} from "./DocumentStore.sol";
import {IDocumentStoreFactory} from "./interfaces/IDocumentStoreFactory.sol";
import {DocumentStoreTemplate} from "./store/DocumentStoreTemplate.sol";

/// @title Deploys document stores at addresses that are known beforehand
/// @dev What each function promises is written in IDocumentStoreFactory.
contract DocumentStoreFactory is IDocumentStoreFactory {
    address public immutable template = address(new DocumentStoreTemplate());

    function deployStore(string calldata name, address owner, bytes32 salt) external returns (address store) {
        store = storeAddress(name, owner, salt);
        if (store.code.length != 0) revert AlreadyDeployed(store);
        new DocumentStore{salt: salt}(name, owner);
        emit StoreDeployed(store, owner, false);
    }

    function cloneStore(string calldata name, address owner, bytes32 salt) external returns (address store) {
        store = cloneAddress(name, owner, salt);
        if (store.code.length != 0) revert AlreadyDeployed(store);
        Clones.cloneDeterministic(template, _cloneSalt(name, owner, salt));
        DocumentStoreTemplate(store).initialise(name, owner);
        emit StoreDeployed(store, owner, true);
    }

    function storeAddress(string calldata name, address owner, bytes32 salt) public view returns (address) {
        bytes memory creation = abi.encodePacked(type(DocumentStore).creationCode, abi.encode(name, owner));
        return Create2.computeAddress(salt, keccak256(creation));
    }

    function cloneAddress(string calldata name, address owner, bytes32 salt) public view returns (address) {
        return Clones.predictDeterministicAddress(template, _cloneSalt(name, owner, salt));
    }

    /// @dev A proxy has no constructor arguments in its code, so they go into the salt.
    function _cloneSalt(string calldata name, address owner, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(name, owner, salt));
    }
}
