// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/program.h"
#include "base/terminationsignal.h"
#include "eventloop/networkdispatcher.h"
#include "openingwindow.h"
#include "picture/picturesaver.h"
#include "ui/tools/applicationstyle.h"
#include "ui/tools/fontpreparation.h"
#include "ui/tools/uitools.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QIcon>
#include <QLoggingCategory>

#include <memory>

/// The main() of both programs: does what the command line asks for, without a display if none is needed, or shows a
/// Window with the options, or the file of --open. SIGINT and SIGTERM close it. Returns the exit status.
template<typename Options, typename Window>
int runGuiProgram(int argc, char **argv, const QString &icon)
{
    Program::openStandardDescriptors();
    Options options;
    Program::Arguments arguments(argc, argv);
    if (Program::isWindowless(argc, argv)) {
        std::unique_ptr<QCoreApplication> application;
        if (Program::isLink(argc, argv)) {
            if (auto dispatcher = makeNetworkDispatcher())
                QCoreApplication::setEventDispatcher(dispatcher.release()); // the application owns it
        }
        if (Program::needsPainting(argc, argv)) {
            qputenv("QT_QPA_PLATFORM", "offscreen");
            // Hides Qt's warnings (no XDG_RUNTIME_DIR): standard error has one line, the program's own.
            QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
            application = std::make_unique<QGuiApplication>(arguments.count(), arguments.values());
        } else {
            application = std::make_unique<QCoreApplication>(argc, argv);
        }
        return Program::finish(Program::runWithoutWindow(options, PictureSaver::save).value_or(2));
    }
    if (!Program::hasDisplay(argc, argv))
        return 1;
    const FontPreparation fonts;
    const QApplication application(arguments.count(), arguments.values());
    if (const auto status = Program::runWithoutWindow(options, PictureSaver::save))
        return *status;
    QApplication::setStyle(new ApplicationStyle(QApplication::style()));
    UiTools::keepPlaceholdersReadable();
    if (!options.openPath.isEmpty()) {
        QApplication::setWindowIcon(QIcon(icon));
        const OpeningWindow opening(options.openPath, options.secondPath);
        const TerminationSignal termination;
        QObject::connect(&termination, &TerminationSignal::received, &application, [] {
            FileWindow::closeAll();
            QApplication::quit(); // there may be no window yet
        });
        return Program::finish(QApplication::exec());
    }
    Window window(options);
    QApplication::setWindowIcon(window.windowIcon());
    // Not earlier: if the disk of the session file does not respond, a signal should end the program.
    const TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, &window, &Window::quitAtOnce);
    window.show();
    return Program::finish(QApplication::exec());
}
