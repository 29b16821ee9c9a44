target_sources(minamo_core PRIVATE
    tables/definitions.cpp
    tables/description.cpp
    tables/index_updates.cpp
    tables/named_table.cpp
    tables/setting_changes.cpp
    tables/settings.cpp
    tables/tags.cpp
)
