# Tests of values, codecs, schemas and index edits.
set(MINAMO_VALUE_TESTS
    decimal_test.cpp
    index_edits_test.cpp
    item_check_test.cpp
    item_codec_test.cpp
    key_codec_test.cpp
    schema_test.cpp
    value_test.cpp
    varint_test.cpp
)
