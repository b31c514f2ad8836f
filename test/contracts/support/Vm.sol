// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev The cheat codes of Hardhat's Solidity test runner that these tests use.
interface Vm {
    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function roll(uint256 blockNumber) external;
    function warp(uint256 time) external;
    function assume(bool condition) external pure;
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
}

/// @dev What every Solidity test starts from.
abstract contract TestBase {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error Expected(string what);

    function check(bool condition, string memory what) internal pure {
        if (!condition) revert Expected(what);
    }

    /// @dev A number from `low` to `high`, both included.
    function between(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (seed % (high - low + 1));
    }
}
