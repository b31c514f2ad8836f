// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../DocumentStore.sol";
import {IDocumentStoreTemplate} from "../interfaces/IDocumentStoreTemplate.sol";

/// @title The document store that minimal proxies point at
/// @dev The template itself belongs to the contract that creates it, in practice the factory, which has no way to use
///      it.
contract DocumentStoreTemplate is DocumentStore, IDocumentStoreTemplate {
    constructor() DocumentStore("DocumentStoreTemplate", msg.sender) {}

    function initialise(string calldata storeName, address storeOwner) external {
        _initialise(storeName, storeOwner);
    }
}
