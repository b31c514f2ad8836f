// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RecognitionRegistry} from "../../../contracts/RecognitionRegistry.sol";
import {IRecognitionRegistry} from "../../../contracts/interfaces/IRecognitionRegistry.sol";
import {TestBase} from "./Vm.sol";

/// @dev Recognises and withdraws at random, as random accounts, and remembers what was granted and withdrawn.
contract RegistryHandler is TestBase {
    uint256 public constant ACTORS = 4;

    RecognitionRegistry public immutable registry = new RecognitionRegistry();

    /// @dev Digest of each recognition as it was when granted.
    mapping(uint256 id => bytes32) public granted;
    mapping(uint256 id => uint256) public withdrawnSince;
    uint256 public blockNumber = 1;
    uint256 public time = 1_000;

    function actor(uint256 seed) public pure returns (address) {
        return address(uint160(0xa11ce + (seed % ACTORS)));
    }

    /// @dev Passes on, or begins anew, with scopes that are often but not always within the parent's.
    function recognise(uint256 who, uint256 whom, uint256 parent, uint256 seed) external {
        _tick();
        parent = between(parent, 0, registry.count());
        IRecognitionRegistry.Scope memory scope = _scope(seed, parent);
        address delegate = scope.depth == 0 ? address(0) : actor(whom);
        address caller = actor(who);
        if (parent != 0 && seed % 4 != 0) caller = registry.recognitionOf(parent).delegate;
        vm.prank(caller);
        (bool done, ) = address(registry).call(
            abi.encodeCall(registry.recognise, ("did:web:uni.example", delegate, parent, scope))
        );
        if (done) granted[registry.count()] = keccak256(abi.encode(registry.recognitionOf(registry.count())));
    }

    function withdraw(uint256 who, uint256 id, uint256 since) external {
        _tick();
        id = between(id, 0, registry.count());
        since = between(since, 0, blockNumber + 1);
        address caller = actor(who);
        if (id != 0 && since % 3 != 0) caller = registry.recognitionOf(id).recogniser;
        vm.prank(caller);
        (bool done, ) = address(registry).call(abi.encodeCall(registry.withdraw, (id, since, 1)));
        if (!done) return;
        check(registry.recognitionOf(id).recogniser == caller, "withdrawn by its recogniser");
        check(withdrawnSince[id] == 0 || since < withdrawnSince[id], "moved to an earlier block");
        withdrawnSince[id] = since;
    }

    function _tick() private {
        ++blockNumber;
        time += 12;
        vm.roll(blockNumber);
        vm.warp(time);
    }

    function _scope(uint256 seed, uint256 parent) private view returns (IRecognitionRegistry.Scope memory scope) {
        bytes6[3] memory places = [bytes6(0), bytes6("DE"), bytes6("DE-BY")];
        scope = IRecognitionRegistry.Scope(
            uint96(between(seed, 1, 15)),
            uint8(between(seed >> 8, 0, 9)),
            places[(seed >> 16) % 3],
            uint48(between(seed >> 24, 0, 900)),
            uint48(between(seed >> 32, 1_100, 3_000)),
            uint8(between(seed >> 40, 0, 9))
        );
        // Every other time, start from the parent's scope, so that long chains come about.
        if (parent == 0 || seed % 2 == 0) return scope;
        IRecognitionRegistry.Scope memory received = registry.recognitionOf(parent).scope;
        if (received.depth != 0) (scope, scope.depth) = (received, received.depth - 1);
    }
}
