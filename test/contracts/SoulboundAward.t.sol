// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DocumentStore} from "../../contracts/DocumentStore.sol";
import {SoulboundAward} from "../../contracts/SoulboundAward.sol";
import {ISoulboundAward} from "../../contracts/interfaces/ISoulboundAward.sol";
import {TestBase} from "./support/Vm.sol";

/// @dev Claims, burns, retires, revokes and tries to transfer at random. Each document is a batch of its own.
contract AwardHandler is TestBase {
    uint256 public constant ACTORS = 3;
    uint256 public constant DOCUMENTS = 5;
    uint256 private constant _ISSUER_KEY = 0xbeef;

    DocumentStore public immutable store;
    SoulboundAward public immutable award;

    mapping(uint256 tokenId => address) public firstHolder;
    mapping(uint256 tokenId => bool) public gone;
    mapping(uint256 tokenId => bool) public revoked;

    constructor() {
        store = new DocumentStore("University of Somewhere", address(this));
        store.grantRole(keccak256("ISSUER_ROLE"), vm.addr(_ISSUER_KEY));
        award = new SoulboundAward(address(store), "Awards", "AWD");
        for (uint256 i = 0; i < DOCUMENTS; ++i) store.issue(bytes32(document(i)));
    }

    function actor(uint256 seed) public pure returns (address) {
        return address(uint160(0xa11ce + (seed % ACTORS)));
    }

    function document(uint256 seed) public pure returns (uint256) {
        return (seed % DOCUMENTS) + 1;
    }

    function claim(uint256 who, uint256 permitted, uint256 what, bool forged) external {
        (address caller, address holder, uint256 tokenId) = (actor(who), actor(permitted), document(what));
        ISoulboundAward.Permit memory permit = ISoulboundAward.Permit(
            bytes32(tokenId),
            holder,
            0,
            0,
            type(uint256).max
        );
        bytes memory signature = _sign(permit, forged ? 0xbad : _ISSUER_KEY);
        ISoulboundAward.Inclusion memory inclusion;
        vm.prank(caller);
        (bool done, ) = address(award).call(
            abi.encodeCall(award.claim, (permit, vm.addr(_ISSUER_KEY), signature, inclusion))
        );
        bool allowed = caller == holder && !forged && firstHolder[tokenId] == address(0) && !revoked[tokenId];
        check(done == allowed, "a token is claimed exactly when it may be");
        if (done) firstHolder[tokenId] = caller;
    }

    function burn(uint256 who, uint256 what) external {
        (address caller, uint256 tokenId) = (actor(who), document(what));
        vm.prank(caller);
        (bool done, ) = address(award).call(abi.encodeCall(award.burn, (tokenId)));
        check(done == (firstHolder[tokenId] == caller && !gone[tokenId]), "a token is burned exactly when it may be");
        if (done) gone[tokenId] = true;
    }

    function retire(uint256 who, uint256 what) external {
        uint256 tokenId = document(what);
        ISoulboundAward.Inclusion memory inclusion;
        vm.prank(actor(who));
        (bool done, ) = address(award).call(abi.encodeCall(award.retire, (tokenId, inclusion)));
        bool exists = firstHolder[tokenId] != address(0) && !gone[tokenId];
        check(done == (exists && revoked[tokenId]), "a token is retired exactly when it may be");
        if (done) gone[tokenId] = true;
    }

    function revoke(uint256 what) external {
        uint256 tokenId = document(what);
        // Seldom, so that there is something left to claim.
        if (revoked[tokenId] || what % 3 != 0) return;
        store.revoke(bytes32(tokenId));
        revoked[tokenId] = true;
    }

    function transfer(uint256 who, uint256 from, uint256 to, uint256 what) external {
        vm.prank(actor(who));
        (bool done, ) = address(award).call(
            abi.encodeCall(award.transferFrom, (actor(from), actor(to), document(what)))
        );
        check(!done, "no token is ever transferred");
    }

    function _sign(ISoulboundAward.Permit memory permit, uint256 key) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("SoulboundAward"),
                keccak256("1"),
                block.chainid,
                address(award)
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Permit(bytes32 document,address holder,bytes32 statusList,uint256 statusIndex,uint256 deadline)"
                ),
                permit
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }
}

/// @dev After any run of calls by any accounts: a token is its first holder's, or nobody's.
contract SoulboundAwardInvariantTest is TestBase {
    AwardHandler private _handler;
    SoulboundAward private _award;

    function setUp() external {
        _handler = new AwardHandler();
        _award = _handler.award();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_aTokenIsItsFirstHoldersOrNobodys() external view {
        for (uint256 i = 0; i < _handler.DOCUMENTS(); ++i) {
            uint256 tokenId = _handler.document(i);
            address holder = _handler.firstHolder(tokenId);
            bool exists = holder != address(0) && !_handler.gone(tokenId);
            (bool found, bytes memory answer) = address(_award).staticcall(abi.encodeCall(_award.ownerOf, (tokenId)));
            check(found == exists, "it exists");
            check(!found || abi.decode(answer, (address)) == holder, "its first holder's");
            check(_award.isActive(tokenId) == (exists && !_handler.revoked(tokenId)), "its standing");
        }
    }
}
