// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Deploys document stores at addresses that are known beforehand
/// @notice Anybody may deploy for anybody: name and owner are part of the address, so nobody can take the place of a
///         store by being faster, and deploying somebody's store for them costs only oneself.
interface IDocumentStoreFactory {
    /// @notice `store` was created, with all roles in the hands of `owner`.
    /// @param store the new store.
    /// @param owner its admin, issuer and revoker.
    /// @param proxy true for a minimal proxy of the template, false for a store of its own.
    event StoreDeployed(address indexed store, address indexed owner, bool proxy);

    /// @notice There is a store of this name, owner and salt already.
    error AlreadyDeployed(address store);

    /// @notice Deploys a store of its own: dear once, cheap for every batch.
    /// @param name the issuer's name for the store.
    /// @param owner gets all three roles; not zero.
    /// @param salt tells stores of the same name and owner apart.
    /// @return store the address that storeAddress foretold.
    function deployStore(string calldata name, address owner, bytes32 salt) external returns (address store);

    /// @notice Deploys a minimal proxy (ERC-1167) of the template: cheap once, about 2,800 gas more for every call.
    /// @param name the issuer's name for the store.
    /// @param owner gets all three roles; not zero.
    /// @param salt tells stores of the same name and owner apart.
    /// @return store the address that cloneAddress foretold.
    function cloneStore(string calldata name, address owner, bytes32 salt) external returns (address store);

    /// @notice The address of the store that deployStore makes of the same arguments.
    /// @param name the issuer's name for the store.
    /// @param owner who will own it.
    /// @param salt tells stores of the same name and owner apart.
    function storeAddress(string calldata name, address owner, bytes32 salt) external view returns (address);

    /// @notice The address of the store that cloneStore makes of the same arguments.
    /// @param name the issuer's name for the store.
    /// @param owner who will own it.
    /// @param salt tells stores of the same name and owner apart.
    function cloneAddress(string calldata name, address owner, bytes32 salt) external view returns (address);

    /// @notice What the proxies point at. It was created by the factory and belongs to it, so to nobody.
    function template() external view returns (address);
}
