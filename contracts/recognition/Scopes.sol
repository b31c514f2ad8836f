// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecognitionRegistry} from "../interfaces/IRecognitionRegistry.sol";

/// @title What is well formed, and what lies within what
/// @dev The order on scopes: reflexive and transitive, so that a chain of recognitions can only narrow.
library Scopes {
    uint8 internal constant MAX_LEVEL = 8;
    uint8 internal constant MAX_DEPTH = 8;
    uint256 internal constant MAX_SUBJECT_LENGTH = 512;

    /// @dev Whether `inner` covers no more than `outer`, and can be passed on fewer times.
    function isWithin(
        IRecognitionRegistry.Scope calldata inner,
        IRecognitionRegistry.Scope storage outer
    ) internal view returns (bool) {
        return
            covers(outer, inner.types, inner.level, inner.jurisdiction) &&
            inner.from >= outer.from &&
            inner.until <= outer.until &&
            inner.depth < outer.depth;
    }

    /// @dev Whether awards of these types, this level and for this place lie within `scope`.
    function covers(
        IRecognitionRegistry.Scope storage scope,
        uint96 types,
        uint8 level,
        bytes6 jurisdiction
    ) internal view returns (bool) {
        return types & ~scope.types == 0 && level <= scope.level && isPlaceWithin(jurisdiction, scope.jurisdiction);
    }

    /// @dev Refuses a scope that covers nothing or has no meaning.
    function check(IRecognitionRegistry.Scope calldata scope) internal pure {
        if (!isJurisdiction(scope.jurisdiction)) {
            revert IRecognitionRegistry.JurisdictionInvalid(scope.jurisdiction);
        }
        if (scope.types == 0 || scope.level > MAX_LEVEL || scope.depth > MAX_DEPTH || scope.from >= scope.until)
            revert IRecognitionRegistry.ScopeInvalid(scope);
    }

    /// @dev Everywhere contains every place, a country contains its subdivisions, each place contains itself.
    function isPlaceWithin(bytes6 inner, bytes6 outer) internal pure returns (bool) {
        return outer == 0 || inner == outer || (outer << 16 == 0 && bytes2(inner) == bytes2(outer));
    }

    /// @dev Zero, two capitals, or two capitals, a hyphen and one to three capitals or digits; nothing after the last.
    function isJurisdiction(bytes6 code) internal pure returns (bool) {
        if (code == 0) return true;
        if (!_isCapital(code[0]) || !_isCapital(code[1])) return false;
        if (code << 16 == 0) return true;
        if (code[2] != "-" || !_isCapitalOrDigit(code[3])) return false;
        if (code << 32 == 0) return true;
        if (!_isCapitalOrDigit(code[4])) return false;
        return code[5] == 0 || _isCapitalOrDigit(code[5]);
    }

    /// @dev A DID as it is, a CAIP-10 account of an Ethereum chain in lower case: one subject, one text, one digest.
    function isSubject(bytes calldata text) internal pure returns (bool) {
        if (text.length > MAX_SUBJECT_LENGTH) return false;
        if (text.length > 4 && bytes4(text) == "did:") return true;
        if (text.length < 8 || bytes7(text) != "eip155:") return false;
        for (uint256 i = 7; i < text.length; ++i) {
            if (_isCapital(text[i])) return false;
        }
        return true;
    }

    function _isCapitalOrDigit(bytes1 character) private pure returns (bool) {
        return _isCapital(character) || (character >= "0" && character <= "9");
    }

    function _isCapital(bytes1 character) private pure returns (bool) {
        return character >= "A" && character <= "Z";
    }
}
