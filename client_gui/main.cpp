// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/program.h"
#include "app/terminationsignal.h"
#include "clientwindow.h"
#include "ui/sessionwindow.h"

#include <QApplication>
#include <QIcon>

int main(int argc, char **argv)
{
    ClientOptions options;
    if (Program::isWindowless(argc, argv)) {
        const QCoreApplication application(argc, argv);
        return Program::runWithoutWindow(options).value_or(0);
    }
    if (!Program::hasDisplay(argc, argv))
        return 1;
    Program::Arguments arguments(argc, argv);
    const QApplication application(arguments.count(), arguments.values());
    if (const auto status = Program::runWithoutWindow(options))
        return *status;
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/client.svg")));
    if (!options.openPath.isEmpty()) {
        SessionWindow window(options.openPath);
        window.show();
        return QApplication::exec();
    }
    ClientWindow window(options);
    const TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, &window, &QWidget::close);
    window.show();
    return QApplication::exec();
}
