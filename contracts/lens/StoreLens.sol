// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Raw calls and raw answers are the purpose of this contract.
/* solhint-disable no-inline-assembly */

/// @title Many questions to one document store in a single call
/// @notice Never deployed: its creation code goes, with the questions as constructor arguments, into an `eth_call`
///         without `to`, and what would become the runtime code is the packed report below. So one round trip answers
///         every isIssued and isRevoked of a batch at one block, and proves at the same block whether there is a
///         contract. All travel together, so that a node which mixes up answers cannot pass one question's for
///         another's.
///
///         offset  bytes  what
///              0      1  layout of this report, 1
///              1     32  chain id
///             33      8  block number      as the node's EVM saw them
///             41      8  block time
///             49      4  size of the code at the store; 0 = there is no contract and no answer follows
///             53     32  hash of that code
///             85     20  where it points, if it is a minimal proxy (ERC-1167); else zero
///            105     32  hash of the code there; else zero
///            137      n  one answer a byte, question by question, each one's nodes in order:
///                        0 false, 1 true, 2 the call failed, 3 the answer was no bool
///
/// @dev Creation code may be 49,152 bytes long (EIP-3860), so 1,459 nodes fit into one call. The answers may
///      take 24,576 bytes (EIP-170). Ask from a fixed `from`: it decides which caller the store sees.
contract StoreLens {
    uint256 private constant _MINIMAL_PROXY_SIZE = 45;

    /// @notice The node gave this call too little gas to give each question its share; ask fewer at once. Without this
    ///         a question could fail for want of gas, and an exhausted call would read like a refusal of the store.
    error NotEnoughGas();

    /// @param store the contract to ask; untrusted.
    /// @param gasPerCall gas each question may burn.
    /// @param questions selectors of functions that take one bytes32 and return one bool.
    /// @param nodes the arguments: one list for each question.
    constructor(address store, uint256 gasPerCall, bytes4[] memory questions, bytes32[][] memory nodes) {
        address target = _proxyTarget(store);
        bytes memory report = abi.encodePacked(
            abi.encodePacked(uint8(1), block.chainid, uint64(block.number), uint64(block.timestamp)),
            abi.encodePacked(uint32(store.code.length), store.codehash, target),
            target == address(0) ? bytes32(0) : target.codehash,
            store.code.length == 0 ? bytes("") : _answers(store, gasPerCall, questions, nodes)
        );
        assembly ("memory-safe") {
            return(add(report, 0x20), mload(report))
        }
    }

    function _answers(
        address store,
        uint256 gasPerCall,
        bytes4[] memory questions,
        bytes32[][] memory nodes
    ) private view returns (bytes memory answers) {
        for (uint256 q = 0; q < questions.length; ++q) {
            bytes memory said = new bytes(nodes[q].length);
            for (uint256 n = 0; n < said.length; ++n) {
                // A call gets at most 63/64 of what is left (EIP-150).
                if (gasleft() - gasleft() / 64 < gasPerCall + 5000) revert NotEnoughGas();
                said[n] = bytes1(_ask(store, gasPerCall, questions[q], nodes[q][n]));
            }
            answers = bytes.concat(answers, said);
        }
    }

    /// @dev Copies at most 32 bytes back, however many the store returns.
    function _ask(
        address store,
        uint256 gasPerCall,
        bytes4 question,
        bytes32 node
    ) private view returns (uint8 answer) {
        assembly ("memory-safe") {
            mstore(0, question)
            mstore(4, node)
            switch staticcall(gasPerCall, store, 0, 36, 0, 32)
            case 0 {
                answer := 2
            }
            default {
                answer := mload(0)
                if or(iszero(eq(returndatasize(), 32)), gt(answer, 1)) {
                    answer := 3
                }
            }
        }
    }

    /// @dev The 20 bytes in the middle of 363d3d373d3d3d363d73 … 5af43d82803e903d91602b57fd5bf3.
    function _proxyTarget(address store) private view returns (address target) {
        bytes memory code = store.code;
        if (code.length != _MINIMAL_PROXY_SIZE) return address(0);
        assembly ("memory-safe") {
            target := shr(96, mload(add(code, 42)))
        }
        bytes memory proxy = abi.encodePacked(hex"363d3d373d3d3d363d73", target, hex"5af43d82803e903d91602b57fd5bf3");
        if (keccak256(code) != keccak256(proxy)) return address(0);
    }
}
