// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecognitionRegistry} from "./interfaces/IRecognitionRegistry.sol";
import {Scopes} from "./recognition/Scopes.sol";

/// @title Who recognises whom to issue what
/// @dev What each function promises is written in IRecognitionRegistry. No roles, no owner, no external calls.
contract RecognitionRegistry is IRecognitionRegistry {
    using Scopes for Scope;

    uint256 public count;
    mapping(uint256 id => Recognition recognition) private _recognitions;
    mapping(uint256 id => Withdrawal[] withdrawals) private _withdrawals;
    mapping(address root => mapping(bytes32 subject => uint256[] ids)) private _under;

    function recognise(
        string calldata text,
        address delegate,
        uint256 parent,
        Scope calldata scope
    ) external returns (uint256 id) {
        if (!Scopes.isSubject(bytes(text))) revert SubjectInvalid(text);
        scope.check();
        if ((scope.depth == 0) != (delegate == address(0))) revert DelegateInvalid(delegate, scope.depth);
        if (parent != 0) _checkPassedOn(parent, scope);

        bytes32 subject = keccak256(bytes(text));
        id = _record(Recognition(msg.sender, uint64(parent), delegate, uint48(block.number), subject, scope));
        emit Recognised(id, msg.sender, subject, text);
    }

    function withdraw(uint256 id, uint256 sinceBlock, uint16 reason) external {
        Recognition storage recognition = _known(id);
        if (recognition.recogniser != msg.sender) revert NotYours(id, msg.sender);
        if (sinceBlock < recognition.grantedAt || sinceBlock > block.number) {
            revert WithdrawalBlockInvalid(id, sinceBlock);
        }
        uint256 withdrawn = withdrawnSince(id, type(uint48).max);
        if (withdrawn != 0 && sinceBlock >= withdrawn) revert WithdrawalNotEarlier(id, withdrawn, sinceBlock);
        _withdrawals[id].push(Withdrawal(uint48(block.number), uint48(sinceBlock), reason));
        emit Withdrawn(id, sinceBlock, reason);
    }

    function recognitionOf(uint256 id) external view returns (Recognition memory) {
        return _known(id);
    }

    function withdrawalsOf(uint256 id) external view returns (Withdrawal[] memory) {
        return _withdrawals[id];
    }

    function chainOf(uint256 id) external view returns (uint256[] memory ids) {
        uint256 length = 0;
        for (uint256 step = id; step != 0; step = _known(step).parent) ++length;
        ids = new uint256[](length);
        for (uint256 i = 0; i < length; ++i) {
            ids[i] = id;
            id = _recognitions[id].parent;
        }
    }

    function recognitionsUnder(address root, bytes32 subject) external view returns (uint256[] memory ids) {
        return _under[root][subject];
    }

    function isInForce(uint256 id, Moment calldata moment) external view returns (bool) {
        return id != 0 && _isChainInForce(id, moment);
    }

    function findRecognition(
        address root,
        bytes32 subject,
        uint96 types,
        uint8 level,
        bytes6 jurisdiction,
        Moment calldata moment
    ) external view returns (uint256 id) {
        if (types == 0) return 0;
        uint256[] storage ids = _under[root][subject];
        for (uint256 i = 0; i < ids.length; ++i) {
            if (_recognitions[ids[i]].scope.covers(types, level, jurisdiction) && _isChainInForce(ids[i], moment))
                return ids[i];
        }
    }

    function withdrawnSince(uint256 id, uint48 knownAt) public view returns (uint256) {
        Withdrawal[] storage withdrawals = _withdrawals[id];
        for (uint256 i = withdrawals.length; i != 0; --i) {
            if (withdrawals[i - 1].recordedAt <= knownAt) return withdrawals[i - 1].sinceBlock;
        }
        return 0;
    }

    function _record(Recognition memory recognition) private returns (uint256 id) {
        id = ++count;
        _recognitions[id] = recognition;
        _under[_rootOf(id)][recognition.subject].push(id);
    }

    /// @dev Refuses to pass on what is not the caller's, is not in force, or is narrower than `scope`.
    function _checkPassedOn(uint256 parent, Scope calldata scope) private view {
        if (_known(parent).delegate != msg.sender) revert NotYours(parent, msg.sender);
        Moment memory now_ = Moment(uint48(block.number), uint48(block.timestamp), uint48(block.number));
        if (!_isChainInForce(parent, now_)) revert NotInForce(parent);
        if (!scope.isWithin(_recognitions[parent].scope)) revert ScopeWiderThanParent(parent);
    }

    /// @dev The account with whose own word the chain begins.
    function _rootOf(uint256 id) private view returns (address root) {
        for (; id != 0; id = _recognitions[id].parent) root = _recognitions[id].recogniser;
    }

    /// @dev At most MAX_DEPTH + 1 steps, since depth falls on each.
    function _isChainInForce(uint256 id, Moment memory moment) private view returns (bool) {
        for (; id != 0; id = _recognitions[id].parent) {
            Recognition storage recognition = _recognitions[id];
            uint256 withdrawn = withdrawnSince(id, moment.knownAt);
            if (recognition.grantedAt == 0 || recognition.grantedAt > moment.blockNumber) return false;
            if (moment.time < recognition.scope.from || moment.time >= recognition.scope.until) return false;
            if (withdrawn != 0 && withdrawn <= moment.blockNumber) return false;
        }
        return true;
    }

    function _known(uint256 id) private view returns (Recognition storage recognition) {
        recognition = _recognitions[id];
        if (recognition.grantedAt == 0) revert UnknownRecognition(id);
    }
}
