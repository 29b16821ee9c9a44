target_sources(minamo_core PRIVATE
    statements/bound.cpp
    statements/equalities.cpp
    statements/literals.cpp
    statements/page_token.cpp
    statements/select.cpp
    statements/single_read.cpp
    statements/statement_table.cpp
    statements/terms.cpp
    statements/translate.cpp
    statements/translate_update.cpp
    statements/translate_where.cpp
    statements/write.cpp
)
