//! The table of contents of what a user struct, and code about it, can do wrong.

macro_rules! rules {
    ($($rule:ident = $name:literal,)*) => {
        /// Everything that is told at compile time, each with a case among the tests of `lucia` that shows how.
        ///
        /// Most are found in the tokens; those under `access` and some under `types` and `defaults` are for rustc to judge.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`")] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// `family/rule`, as the test cases are called.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }
        }
    };
}

rules! {
    NotAStruct = "shape/not_a_struct",
    Generics = "shape/generics",
    WhereClause = "shape/where_clause",
    MissingId = "shape/missing_id",
    IdType = "shape/id_type",
    IdAttributes = "shape/id_attributes",
    IdOfAnotherCrate = "shape/id_of_another_crate",
    TooManyColumns = "shape/too_many_columns",
    Cfg = "shape/cfg",

    NotAList = "syntax/not_a_list",
    NotAName = "syntax/not_a_name",
    Unknown = "syntax/unknown",
    Misplaced = "syntax/misplaced",
    Duplicate = "syntax/duplicate",
    Malformed = "syntax/malformed",
    QuotedPath = "syntax/quoted_path",
    RelativePath = "syntax/relative_path",
    Needs = "syntax/needs",

    Unsupported = "types/unsupported",
    Instead = "types/instead",
    AnotherUser = "types/another_user",
    NestedOption = "types/nested_option",
    StoredAs = "types/stored_as",
    NoColumnType = "types/no_column_type",
    ColumnType = "types/column_type",
    Nullable = "types/nullable",
    NoDatabase = "types/no_database",
    SpelledOtherwise = "types/spelled_otherwise",
    NotStoredAs = "types/not_stored_as",
    NotJson = "types/not_json",
    NotNative = "types/not_native",

    Column = "names/column",
    Table = "names/table",
    ReservedColumn = "names/reserved_column",
    ReservedTable = "names/reserved_table",
    SameColumn = "names/same_column",
    IdColumn = "names/id_column",
    SameTable = "names/same_table",
    ItemOfDiesel = "names/item_of_diesel",
    Underscores = "names/underscores",
    FieldIsTable = "names/field_is_table",
    Folder = "names/folder",

    NoLock = "migrations/no_lock",

    RenamedFromItself = "renames/from_itself",
    RenamedFromNoName = "renames/from_no_name",
    RenamedFromId = "renames/from_id",
    RenamedTwice = "renames/twice",
    RenamedInCircle = "renames/in_a_circle",

    LengthNotForType = "lengths/not_for_type",
    LengthOutOfRange = "lengths/out_of_range",
    TooLongForIndex = "lengths/too_long_for_index",
    RowTooLong = "lengths/row_too_long",
    TogetherTooLong = "lengths/together_too_long",

    DefaultNone = "defaults/none",
    DefaultType = "defaults/of_another_type",
    DefaultRange = "defaults/out_of_range",
    DefaultInfinite = "defaults/infinite",
    DefaultTooLong = "defaults/too_long",
    DefaultControl = "defaults/control_character",
    DefaultNow = "defaults/now",
    DefaultOnlyNow = "defaults/only_now",
    DefaultNoLiteral = "defaults/no_literal",
    DefaultNoVariant = "defaults/no_variant",

    Conflict = "conflicts/combined",
    FloatUnique = "conflicts/float_unique",
    JsonKeyed = "conflicts/json_keyed",
    NocaseNotText = "conflicts/nocase_not_text",
    ReadonlyWithoutValue = "conflicts/readonly_without_value",

    TogetherUnknown = "together/unknown_field",
    TogetherOne = "together/one_field",
    TogetherTwice = "together/field_twice",
    TogetherAgain = "together/again",
    TogetherNative = "together/native",

    NotAnAttribute = "attribute/not_an_attribute",
    AttributeGenerics = "attribute/generics",
    NoVariants = "attribute/no_variants",
    VariantWithFields = "attribute/variant_with_fields",
    Wrapped = "attribute/wrapped_type",
    SameText = "attribute/same_text",
    Text = "attribute/text",

    LookupByPlainAttribute = "access/lookup_by_plain_attribute",
    LookupWithAnotherType = "access/lookup_with_another_type",
    LookupByWrongPair = "access/lookup_by_wrong_pair",
    SetReadonly = "access/set_readonly",
    SetWithAnotherType = "access/set_with_another_type",
    ChangeId = "access/change_id",
    ChangeReadonly = "access/change_readonly",
    CreateWithoutRequired = "access/create_without_required",
    NotAUser = "access/not_a_user",
    UntypedTime = "access/untyped_time",
    SerializedSecret = "access/serialized_secret",
}
