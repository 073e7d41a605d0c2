// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTest>

#include <memory>

/// The tests of a room are one program. Its first argument names the test class to run: the NAME of its file tst_NAME.cpp.
namespace RegisteredTests {

using Make = std::unique_ptr<QObject> (*)();

template<typename Test>
std::unique_ptr<QObject> make()
{
    return std::make_unique<Test>();
}

/// file: __FILE__ of the test.
bool add(const char *file, Make make);

} // namespace RegisteredTests

/// Stands once in a test's file, in place of Qt Test's QTEST_MAIN().
#define REGISTER_TEST(Class)                                                                                           \
    static const bool isRegistered##Class = RegisteredTests::add(__FILE__, &RegisteredTests::make<Class>);
