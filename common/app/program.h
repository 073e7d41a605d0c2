// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "export/exportsource.h"

#include <string>
#include <vector>

/// What main() of both programs does before it opens a window. Main thread.
namespace Program {

/// Opens /dev/null for each standard descriptor that is closed, so that no socket or pipe gets its number. Call this
/// first.
void openStandardDescriptors();

/// The command line in the form that QApplication needs: it takes "--session FILE" for its own option of session
/// management, but not "--session=FILE". Outlives the application.
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

/// Whether the command line needs no display: then the application must not be a QApplication.
bool isWindowless(int argc, const char *const *argv);
/// Whether --link is the first argument: then sockets live on the main thread.
bool isLink(int argc, const char *const *argv);
/// Whether a command line that needs no display asks for a picture: then the application must be a QGuiApplication.
bool needsPainting(int argc, const char *const *argv);

/// Sets the application's names, reads the command line of the application object, and does what needs no window
/// (help, an error, a headless run, an export). Returns the exit status then; nothing if a window should open.
std::optional<int> runWithoutWindow(ServerOptions &options, const LadderSaver &saveLadder);
std::optional<int> runWithoutWindow(ClientOptions &options, const LadderSaver &saveLadder);

/// The file name of a program of the pair, as it is beside this one: "server_gui" in a build, "tcp-steps-server" where
/// they are installed. Call it after the application object is created.
QString name(Side side);

/// Prints "PROGRAM: SENTENCE" as a line on standard error. Main thread.
void complain(const QString &sentence);

/// Ends the process with this status. At once if a name is still being looked up that is no longer needed, because Qt
/// would wait for it (getaddrinfo cannot be interrupted), or if an Errand has not returned. The last call of main.
int finish(int status);

/// False, after a line on standard error, if there is no display to open a window on. Call this before QApplication
/// is created.
bool hasDisplay(int argc, const char *const *argv);

} // namespace Program
