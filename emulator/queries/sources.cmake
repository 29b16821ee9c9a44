target_sources(minamo_core PRIVATE
    queries/branch_checks.cpp
    queries/branches.cpp
    queries/key_conditions.cpp
    queries/plan_keys.cpp
    queries/read_page.cpp
)
