// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who recognises whom to issue what
/// @notice Any account may recognise issuers: a ministry, an accreditor, a guild, a company, a club. The registry
///         ranks nobody; a verifier chooses the accounts it trusts (its roots) and asks what follows from them. A
///         recognition names its subject (a DID, or a document store as CAIP-10), what the subject may issue, and, if
///         it may pass the right on, the account that does so and how many steps further it may go. What is passed on
///         is never wider than what was received. Nothing is ever deleted, so any past state can be read from the
///         present one.
interface IRecognitionRegistry {
    /// @notice What a subject may issue.
    /// @param types one bit a type of achievement, in the order of Open Badges 3.0 (contracts/README.md); not zero.
    /// @param level highest level on the eight of the European Qualifications Framework; 0 = awards without a level
    ///        only.
    /// @param jurisdiction ISO 3166: zero for everywhere, "DE" for a country, "DE-BY" for a subdivision.
    /// @param from first second at which awards count.
    /// @param until first second at which they no longer do; the largest value for no end.
    /// @param depth how many steps the subject may pass this on; 0 = it may issue but recognise nobody.
    struct Scope {
        uint96 types;
        uint8 level;
        bytes6 jurisdiction;
        uint48 from;
        uint48 until;
        uint8 depth;
    }

    /// @notice One recognition, as granted. It never changes; whether it was withdrawn is asked apart.
    /// @param recogniser the account that granted it.
    /// @param parent the recognition the recogniser passed on; 0 if it spoke in its own right.
    /// @param delegate the account that may pass it on; zero if depth is 0.
    /// @param grantedAt block of the grant.
    /// @param subject keccak-256 of the subject's text.
    /// @param scope what it covers.
    struct Recognition {
        address recogniser;
        uint64 parent;
        address delegate;
        uint48 grantedAt;
        bytes32 subject;
        Scope scope;
    }

    /// @notice One withdrawal. A later one in the list replaces the earlier ones, from the block it was recorded at.
    /// @param recordedAt block at which it was made.
    /// @param sinceBlock first block at which the recognition is void.
    /// @param reason the recogniser's reason code.
    struct Withdrawal {
        uint48 recordedAt;
        uint48 sinceBlock;
        uint16 reason;
    }

    /// @notice A point from which to judge. An anchor has a block and a time; the third number says whose knowledge is
    ///         used.
    /// @param blockNumber the block of the anchor.
    /// @param time the time of that block, in seconds since 1970.
    /// @param knownAt withdrawals recorded after this block are ignored; the largest value for all that is known
    ///        today.
    struct Moment {
        uint48 blockNumber;
        uint48 time;
        uint48 knownAt;
    }

    /// @notice `recogniser` recognised the subject whose text is `text`.
    /// @param id number of the recognition.
    /// @param recogniser the account that granted it.
    /// @param subject keccak-256 of `text`.
    /// @param text the subject: a DID or a CAIP-10 account.
    event Recognised(uint256 indexed id, address indexed recogniser, bytes32 indexed subject, string text);

    /// @notice The recognition is void from `sinceBlock` on.
    /// @param id number of the recognition.
    /// @param sinceBlock first block at which it is void.
    /// @param reason the recogniser's reason code.
    event Withdrawn(uint256 indexed id, uint256 sinceBlock, uint16 reason);

    /// @notice The subject's text is neither a DID nor a CAIP-10 account in lower case, or is longer than 512 bytes.
    error SubjectInvalid(string text);

    /// @notice Not an ISO 3166 code as this registry writes them.
    error JurisdictionInvalid(bytes6 jurisdiction);

    /// @notice A scope without types, of a level above 8, without duration, or with more than 8 further steps.
    error ScopeInvalid(Scope scope);

    /// @notice Who may pass on needs a delegate, who may not has none.
    error DelegateInvalid(address delegate, uint8 depth);

    /// @notice There is no recognition of this number.
    error UnknownRecognition(uint256 id);

    /// @notice Only the delegate of a recognition passes it on, and only its recogniser withdraws it.
    error NotYours(uint256 id, address caller);

    /// @notice The recognition to be passed on is not in force, or one above it is not.
    error NotInForce(uint256 id);

    /// @notice What would be passed on is wider than what was received.
    error ScopeWiderThanParent(uint256 parent);

    /// @notice A withdrawal counts from a block between the grant and now.
    error WithdrawalBlockInvalid(uint256 id, uint256 sinceBlock);

    /// @notice A withdrawal, once made, can only be moved to an earlier block.
    error WithdrawalNotEarlier(uint256 id, uint256 withdrawn, uint256 sinceBlock);

    /// @notice Recognises a subject.
    /// @param text the subject: a DID, or `eip155:<chain id>:<address>` in lower case. It is public: name issuers, not
    ///        people.
    /// @param delegate the account that may pass this on; zero if scope.depth is 0.
    /// @param parent the recognition the caller passes on; 0 to speak in its own right.
    /// @param scope what is covered; within the parent's scope and of less depth.
    /// @return id number of the recognition, from 1.
    function recognise(
        string calldata text,
        address delegate,
        uint256 parent,
        Scope calldata scope
    ) external returns (uint256 id);

    /// @notice Withdraws a recognition, and with it all that was passed on from it, from a block on. Name the block of
    ///         the grant to void it altogether. What was anchored before that block stays recognised.
    /// @dev Monotonic: a second withdrawal can only name an earlier block.
    /// @param id the recognition.
    /// @param sinceBlock first block at which it is void; from the grant up to now.
    /// @param reason the recogniser's reason code, for the record.
    function withdraw(uint256 id, uint256 sinceBlock, uint16 reason) external;

    /// @notice How many recognitions there are; their numbers run from 1 to this.
    function count() external view returns (uint256);

    /// @notice A recognition as it was granted.
    /// @param id the recognition; refused if there is none.
    function recognitionOf(uint256 id) external view returns (Recognition memory);

    /// @notice Every withdrawal of a recognition, the oldest first.
    /// @param id the recognition.
    function withdrawalsOf(uint256 id) external view returns (Withdrawal[] memory);

    /// @notice First block at which the recognition itself is void, as known at a block; 0 if it was not withdrawn.
    /// @param id the recognition.
    /// @param knownAt withdrawals recorded after this block are ignored.
    function withdrawnSince(uint256 id, uint48 knownAt) external view returns (uint256);

    /// @notice The recognition and those it was passed on from, up to the root's own.
    /// @param id the recognition.
    /// @return ids `id` first, the root's own last.
    function chainOf(uint256 id) external view returns (uint256[] memory ids);

    /// @notice Recognitions of a subject that begin with `root`. Nobody outside that root's tree can add to this list.
    /// @param root an account the verifier trusts.
    /// @param subject keccak-256 of the subject's text.
    /// @return ids their numbers, the oldest first.
    function recognitionsUnder(address root, bytes32 subject) external view returns (uint256[] memory ids);

    /// @notice Whether a recognition and all above it were granted, begun, not ended and not withdrawn at a moment.
    /// @param id the recognition; false if there is none.
    /// @param moment when to judge, and by whose knowledge.
    function isInForce(uint256 id, Moment calldata moment) external view returns (bool);

    /// @notice A recognition by which, seen from `root`, the subject may issue such an award at that moment.
    /// @param root an account the verifier trusts.
    /// @param subject keccak-256 of the subject's text.
    /// @param types the award's type or types, all of which must be covered; not zero.
    /// @param level the award's level; 0 if it has none.
    /// @param jurisdiction where it is to count; zero asks for a recognition that counts everywhere.
    /// @param moment when it was anchored.
    /// @return id the first that covers it; 0 if none does.
    function findRecognition(
        address root,
        bytes32 subject,
        uint96 types,
        uint8 level,
        bytes6 jurisdiction,
        Moment calldata moment
    ) external view returns (uint256 id);
}
