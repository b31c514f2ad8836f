// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDocumentStore} from "./IDocumentStore.sol";

/// @title The document store that minimal proxies point at
/// @notice The same store, but named and owned after creation instead of by its constructor.
interface IDocumentStoreTemplate is IDocumentStore {
    /// @notice Gives a fresh proxy its name and owner.
    /// @dev Once. The factory calls this in the transaction that creates the proxy.
    /// @param storeName the issuer's name for this store, for display.
    /// @param storeOwner gets all three roles.
    function initialise(string calldata storeName, address storeOwner) external;
}
