// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/program.h"
#include "app/terminationsignal.h"
#include "sessionwindow.h"

#include <QApplication>
#include <QIcon>

/// The main() of both programs: does what the command line asks for, without a display where it needs none, or shows a
/// Window made of the options, or the session that --open names. SIGINT and SIGTERM close it. The exit status.
template<typename Options, typename Window>
int runGuiProgram(int argc, char **argv, const QString &icon)
{
    Program::openStandardDescriptors();
    Options options;
    if (Program::isWindowless(argc, argv)) {
        const QCoreApplication application(argc, argv);
        return Program::finish(Program::runWithoutWindow(options).value_or(2));
    }
    if (!Program::hasDisplay(argc, argv))
        return 1;
    Program::Arguments arguments(argc, argv);
    const QApplication application(arguments.count(), arguments.values());
    if (const auto status = Program::runWithoutWindow(options))
        return *status;
    QApplication::setWindowIcon(QIcon(icon));
    const TerminationSignal termination;
    if (!options.openPath.isEmpty()) {
        SessionWindow window(options.openPath);
        QObject::connect(&termination, &TerminationSignal::received, &window, &SessionWindow::closeAll);
        window.show();
        return Program::finish(QApplication::exec());
    }
    Window window(options);
    QObject::connect(&termination, &TerminationSignal::received, &window, &QWidget::close);
    window.show();
    return Program::finish(QApplication::exec());
}
