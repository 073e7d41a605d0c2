// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "patience.h"

#include <QTest>

#include <memory>

/// The tests of a room are one program. Its first argument is the name of the test class to run: NAME for the file
/// tst_NAME.cpp.
namespace RegisteredTests {

using Make = std::unique_ptr<QObject> (*)();

template<typename Test>
std::unique_ptr<QObject> make()
{
    return std::make_unique<Test>();
}

/// file is the test's __FILE__.
bool add(const char *file, Make make);

/// A test function is skipped. The program then ends with status 77 instead of 0, which CTest takes for a skipped test. The
/// reason is added to the file that TCPSTEPS_SKIPS names, for scripts/test.
void noteSkip(const QString &reason);

} // namespace RegisteredTests

/// Use this once in a test file instead of Qt Test's QTEST_MAIN().
#define REGISTER_TEST(Class)                                                                                           \
    static const bool isRegistered##Class = RegisteredTests::add(__FILE__, &RegisteredTests::make<Class>);
