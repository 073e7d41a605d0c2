// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

#include <memory>

class FileWindow;
struct FileLook;
class SessionMenu;

/// Makes the windows that a SessionMenu asks for. A new window deletes itself when it is closed, and its own menu
/// opens further ones. Main thread.
class WindowOpener
{
    Q_DECLARE_TR_FUNCTIONS(WindowOpener)
public:
    /// A window for what was found. look: not of Nothing.
    static std::unique_ptr<FileWindow> windowFor(const FileLook &look);
    /// A window for two captures of the same conversation.
    static std::unique_ptr<FileWindow> windowFor(const QString &first, const QString &second);
    static void open(std::unique_ptr<FileWindow> window); ///< shows it

    static void serve(SessionMenu &menu); ///< opens what it asks for, as large as its own window
};
