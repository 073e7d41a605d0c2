// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "export/export.h"

#include <string>
#include <vector>

/// What main() of both programs does before it opens a window. Main thread.
namespace Program {

/// Opens /dev/null for each of the standard descriptors that is closed, so that no socket or pipe gets its number. Before all else.
void openStandardDescriptors();

/// The command line as QApplication must get it: that would take "--session FILE" for its own option of session
/// management, but leaves "--session=FILE" alone. Outlives the application.
class Arguments
{
public:
    Arguments(int argc, char **argv);
    Q_DISABLE_COPY_MOVE(Arguments)

    int &count() { return m_count; }
    char **values() { return m_values.data(); }

private:
    std::vector<std::string> m_strings;
    std::vector<char *> m_values; ///< ends with a null pointer
    int m_count = 0;
};

/// The command line asks for something that needs no display: then the application must not be a QApplication.
bool isWindowless(int argc, const char *const *argv);
/// What a windowless one asks for is a picture: then the application must be a QGuiApplication.
bool needsPainting(int argc, const char *const *argv);

/// Sets the application's names, reads the command line of the application object, and does what needs no window (help, an
/// error, a headless run, an export). The exit status then; nothing where the window is to open.
std::optional<int> runWithoutWindow(ServerOptions &options, const LadderSaver &saveLadder);
std::optional<int> runWithoutWindow(ClientOptions &options, const LadderSaver &saveLadder);

/// Prints "PROGRAM: SENTENCE" as a line on standard error. Main thread.
void complain(const QString &sentence);

/// Ends the process with this status: at once where a name is still being looked up that nobody waits for any more, since Qt
/// would wait for it (getaddrinfo cannot be interrupted), or where an Errand is out. The last call of main.
int finish(int status);

/// False, after a line on standard error, where there is no display to open a window on. To be asked before QApplication is made.
bool hasDisplay(int argc, const char *const *argv);

} // namespace Program
