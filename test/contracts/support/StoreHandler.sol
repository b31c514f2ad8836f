// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../../../contracts/DocumentStore.sol";
import {IStatusLists} from "../../../contracts/interfaces/IStatusLists.sol";
import {TestBase} from "./Vm.sol";

/// @dev Does random things to a store, as random accounts, and keeps a plain model of what must follow. Every call that
///      succeeds is checked against the model: a success without the role, or while paused, fails at once.
contract StoreHandler is TestBase {
    bytes32 public constant LIST = "list";
    uint256 public constant ACTORS = 4;
    uint256 public constant NODES = 6;
    uint256 public constant WORDS = 3;
    uint256 public constant ROLES = 3;

    struct Anchor {
        address account;
        uint256 blockNumber;
    }

    DocumentStore public immutable store;

    mapping(bytes32 node => Anchor) public anchorOf;
    mapping(bytes32 node => bool) public wasRevoked;
    mapping(bytes32 role => mapping(address account => bool)) public holds;
    mapping(address from => address heir) public heirOf;
    mapping(address account => uint256) public compromisedSince;
    mapping(uint256 word => uint256) public revokedBits;
    mapping(uint256 word => uint256) public suspendedBits;
    bool public paused;
    uint256 public cap;
    mapping(address revoker => mapping(uint256 day => uint256)) private _spent;
    uint256 private _block = 1;
    uint256 private _time = 1 days;

    constructor() {
        store = new DocumentStore("University of Somewhere", actor(0));
        for (uint256 i = 0; i < ROLES; ++i) holds[role(i)][actor(0)] = true;
        _tick(1);
    }

    // ─── the cast ────────────────────────────────────────────────────────────────────────────────────────────────

    function actor(uint256 seed) public pure returns (address) {
        return address(uint160(0xa11ce + (seed % ACTORS)));
    }

    /// @dev The first one is zero, which is no root and no node.
    function node(uint256 seed) public pure returns (bytes32) {
        return bytes32(seed % NODES);
    }

    function role(uint256 seed) public pure returns (bytes32) {
        if (seed % ROLES == 0) return 0;
        return seed % ROLES == 1 ? keccak256("ISSUER_ROLE") : keccak256("REVOKER_ROLE");
    }

    // ─── what they do ────────────────────────────────────────────────────────────────────────────────────────────

    function issue(uint256 who, uint256 what, bool raw) external {
        (address caller, bytes32 root) = (actor(who), node(what));
        _tick(1);
        vm.prank(caller);
        (bool done, ) = address(store).call(raw ? abi.encode(root) : abi.encodeCall(store.issue, (root)));
        bool allowed = holds[role(1)][caller] && !paused && root != 0 && anchorOf[root].blockNumber == 0;
        check(done == allowed, "an issue succeeds exactly when it may");
        if (done) anchorOf[root] = Anchor(caller, _block);
    }

    function revoke(uint256 who, uint256 what) external {
        (address caller, bytes32 victim) = (actor(who), node(what));
        _tick(1);
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.revoke, (victim)));
        bool allowed = holds[role(2)][caller] && !paused && victim != 0 && !wasRevoked[victim];
        if (cap != 0) {
            bool mayRevokeRoots = holds[role(0)][caller] || anchorOf[victim].blockNumber == 0;
            allowed = allowed && mayRevokeRoots && _spent[caller][_time / 1 days] + 1 <= cap;
        }
        check(done == allowed, "a revocation succeeds exactly when it may");
        if (done) {
            wasRevoked[victim] = true;
            if (cap != 0) ++_spent[caller][_time / 1 days];
        }
    }

    function setStatus(uint256 who, uint8 change, uint256 word, uint256 bits) external {
        address caller = actor(who);
        IStatusLists.StatusChange kind = IStatusLists.StatusChange(change % 3);
        word %= WORDS;
        uint256[] memory masks = new uint256[](1);
        masks[0] = bits;
        _tick(1);
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.setStatus, (LIST, kind, word, masks, 1)));
        bool allowed = holds[role(2)][caller] && !paused;
        uint256 added = kind == IStatusLists.StatusChange.Revoke ? _ones(bits & ~revokedBits[word]) : 0;
        if (cap != 0 && added != 0) allowed = allowed && _spent[caller][_time / 1 days] + added <= cap;
        check(done == allowed, "a status changes exactly when it may");
        if (!done) return;
        if (cap != 0) _spent[caller][_time / 1 days] += added;
        if (kind == IStatusLists.StatusChange.Revoke) revokedBits[word] |= bits;
        if (kind == IStatusLists.StatusChange.Suspend) suspendedBits[word] |= bits;
        if (kind == IStatusLists.StatusChange.Reinstate) suspendedBits[word] &= ~bits;
    }

    function grant(uint256 who, uint256 which, uint256 whom) external {
        (address caller, bytes32 granted, address account) = (actor(who), role(which), actor(whom));
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.grantRole, (granted, account)));
        bool allowed = holds[0][caller] && (granted == 0 || compromisedSince[account] == 0);
        check(done == allowed, "a role is granted exactly when it may be");
        if (done) holds[granted][account] = true;
    }

    function take(uint256 who, uint256 which, uint256 whom, bool renounce) external {
        (address caller, bytes32 taken, address account) = (actor(who), role(which), actor(whom));
        // One admin stays, or nothing would happen any more.
        if (taken == 0 && account == actor(0)) return;
        if (renounce) account = caller;
        if (taken == 0 && account == actor(0)) return;
        vm.prank(caller);
        (bool done, ) = address(store).call(
            renounce
                ? abi.encodeCall(store.renounceRole, (taken, account))
                : abi.encodeCall(store.revokeRole, (taken, account))
        );
        check(done == (renounce || holds[0][caller]), "a role is taken exactly when it may be");
        if (done) _lose(taken, account);
    }

    function offer(uint256 who, uint256 whom) external {
        (address caller, address heir) = (actor(who), actor(whom));
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.offerRoles, (heir)));
        check(done == holds[0][caller], "roles are offered exactly when they may be");
        if (done) heirOf[caller] = heir;
    }

    function accept(uint256 who, uint256 fromWhom) external {
        (address caller, address from) = (actor(who), actor(fromWhom));
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.acceptRoles, (from)));
        bool tainted = compromisedSince[caller] != 0 && (holds[role(1)][from] || holds[role(2)][from]);
        check(done == (heirOf[from] == caller && !tainted), "roles are accepted exactly when they may be");
        if (!done) return;
        for (uint256 i = 0; i < ROLES; ++i) {
            if (!holds[role(i)][from]) continue;
            _lose(role(i), from);
            holds[role(i)][caller] = true;
        }
    }

    function compromise(uint256 who, uint256 whom, uint256 since) external {
        (address caller, address account) = (actor(who), actor(whom));
        since = between(since, 0, _block + 2);
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.declareCompromise, (account, since)));
        uint256 declared = compromisedSince[account];
        bool allowed = holds[0][caller] && since != 0 && since <= _block && (declared == 0 || since < declared);
        check(done == allowed, "a compromise is declared exactly when it may be");
        if (!done) return;
        compromisedSince[account] = since;
        _lose(role(1), account);
        _lose(role(2), account);
    }

    function pause(uint256 who, bool stop) external {
        address caller = actor(who);
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.setPaused, (stop)));
        check(done == holds[0][caller], "a store is paused exactly when it may be");
        if (done) paused = stop;
    }

    function setCap(uint256 who, uint64 perDay) external {
        address caller = actor(who);
        perDay = uint64(between(perDay, 0, 300));
        vm.prank(caller);
        (bool done, ) = address(store).call(abi.encodeCall(store.setRevocationCap, (perDay)));
        check(done == holds[0][caller], "a cap is set exactly when it may be");
        if (done) cap = perDay;
    }

    function wait(uint256 blocks) external {
        _tick(between(blocks, 1, 9_000));
    }

    // ─── the model ───────────────────────────────────────────────────────────────────────────────────────────────

    function blockNumber() external view returns (uint256) {
        return _block;
    }

    function _tick(uint256 blocks) private {
        _block += blocks;
        _time += 12 * blocks;
        vm.roll(_block);
        vm.warp(_time);
    }

    function _lose(bytes32 lost, address account) private {
        holds[lost][account] = false;
        if (lost == 0) heirOf[account] = address(0);
    }

    function _ones(uint256 word) private pure returns (uint256 ones) {
        for (; word != 0; word >>= 1) ones += word & 1;
    }
}
