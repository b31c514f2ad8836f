// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

import {IStoreAccess} from "../interfaces/IStoreAccess.sol";

/// @dev Roles, pause, compromised keys and the revocation cap of a store.
abstract contract StoreAccess is IStoreAccess, AccessControl {
    /// @dev All that the common write needs, in one slot. `issuer` is the account most recently given ISSUER_ROLE,
    ///      while it holds it: a shortcut that spares its transactions the read of the role itself.
    struct Gate {
        address issuer;
        bool initialised;
        bool paused;
        uint64 revocationCap;
    }

    /// @dev What a revoker has revoked on its latest UTC day.
    struct Spent {
        uint64 day;
        uint192 entries;
    }

    bytes32 public constant ISSUER_ROLE = keccak256("ISSUER_ROLE");
    bytes32 public constant REVOKER_ROLE = keccak256("REVOKER_ROLE");

    Gate private _gate;
    address private _owner;
    mapping(address from => address heir) private _heirs;
    mapping(address account => uint256 sinceBlock) private _compromisedSince;
    mapping(address revoker => Spent spent) private _spent;

    modifier onlyIssuer() {
        _checkIssuer();
        _;
    }

    modifier onlyRevoker() {
        _checkRevoker();
        _;
    }

    // ─── admin ───────────────────────────────────────────────────────────────────────────────────────────────────────

    function setPaused(bool stop) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _gate.paused = stop;
        if (stop) emit Paused(msg.sender);
        else emit Unpaused(msg.sender);
    }

    function offerRoles(address heir) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _heirs[msg.sender] = heir;
        emit RolesOffered(msg.sender, heir);
    }

    function acceptRoles(address from) external {
        if (_heirs[from] != msg.sender) revert RolesNotOffered(from, msg.sender);
        _pass(DEFAULT_ADMIN_ROLE, from);
        _pass(ISSUER_ROLE, from);
        _pass(REVOKER_ROLE, from);
    }

    function declareCompromise(address account, uint256 sinceBlock) external onlyRole(DEFAULT_ADMIN_ROLE) {
        uint256 declared = _compromisedSince[account];
        if (sinceBlock == 0 || sinceBlock > block.number) revert CompromiseBlockInvalid(sinceBlock);
        if (declared != 0 && sinceBlock >= declared) revert CompromiseNotEarlier(account, declared, sinceBlock);
        _compromisedSince[account] = sinceBlock;
        emit CompromiseDeclared(account, sinceBlock);
        _revokeRole(ISSUER_ROLE, account);
        _revokeRole(REVOKER_ROLE, account);
    }

    function setRevocationCap(uint64 perDay) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _gate.revocationCap = perDay;
        emit RevocationCapChanged(perDay);
    }

    // ─── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    function paused() external view returns (bool) {
        return _gate.paused;
    }

    function owner() external view returns (address) {
        return _owner;
    }

    function compromisedSince(address account) public view returns (uint256) {
        return _compromisedSince[account];
    }

    function revocationCap() public view returns (uint64) {
        return _gate.revocationCap;
    }

    // ─── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────

    function _initialiseRoles(address account) internal {
        if (_gate.initialised) revert AlreadyInitialised();
        _gate.initialised = true;
        _grantRole(DEFAULT_ADMIN_ROLE, account);
        _grantRole(ISSUER_ROLE, account);
        _grantRole(REVOKER_ROLE, account);
    }

    /// @dev Counts `entries` against today's cap of the caller. The caller of this function knows that a cap is set.
    function _spendCap(uint256 entries) internal {
        uint256 cap = _gate.revocationCap;
        Spent memory spent = _spent[msg.sender];
        uint64 today = uint64(block.timestamp / 1 days);
        uint256 used = (spent.day == today ? spent.entries : 0) + entries;
        if (used > cap) revert RevocationCapExceeded(msg.sender, cap, used);
        _spent[msg.sender] = Spent(today, uint192(used));
    }

    /// @inheritdoc AccessControl
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        if (account == address(0)) revert ZeroAccount();
        if (role == DEFAULT_ADMIN_ROLE) {
            _owner = account;
        } else {
            uint256 sinceBlock = _compromisedSince[account];
            if (sinceBlock != 0) revert AccountCompromised(account, sinceBlock);
            if (role == ISSUER_ROLE) _gate.issuer = account;
        }
        return super._grantRole(role, account);
    }

    /// @inheritdoc AccessControl
    function _revokeRole(bytes32 role, address account) internal override returns (bool) {
        if (role == DEFAULT_ADMIN_ROLE) {
            delete _heirs[account];
            if (_owner == account) delete _owner;
        } else if (role == ISSUER_ROLE && _gate.issuer == account) {
            delete _gate.issuer;
        }
        return super._revokeRole(role, account);
    }

    /// @dev Moves `role` to the caller if `from` holds it.
    function _pass(bytes32 role, address from) private {
        if (_revokeRole(role, from)) _grantRole(role, msg.sender);
    }

    function _checkIssuer() private view {
        if (_gate.paused) revert StorePaused();
        if (_gate.issuer != msg.sender) _checkRole(ISSUER_ROLE);
    }

    function _checkRevoker() private view {
        if (_gate.paused) revert StorePaused();
        _checkRole(REVOKER_ROLE);
    }
}
