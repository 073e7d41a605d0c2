// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/program.h"
#include "app/terminationsignal.h"
#include "serverwindow.h"
#include "ui/sessionwindow.h"

#include <QApplication>
#include <QIcon>

int main(int argc, char **argv)
{
    Program::openStandardDescriptors();
    ServerOptions options;
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
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/server.svg")));
    const TerminationSignal termination;
    if (!options.openPath.isEmpty()) {
        SessionWindow window(options.openPath);
        QObject::connect(&termination, &TerminationSignal::received, &window, &SessionWindow::closeAll);
        window.show();
        return Program::finish(QApplication::exec());
    }
    ServerWindow window(options);
    QObject::connect(&termination, &TerminationSignal::received, &window, &QWidget::close);
    window.show();
    return Program::finish(QApplication::exec());
}
