// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a thread reads before there is an application must leave the application in the main thread. A program of its
// own, because this can be tried once per process.

#include "ui/tools/fontpreparation.h"

#include <QApplication>

#include <cstdio>
#include <semaphore>
#include <thread>

namespace {

std::binary_semaphore hasRead(0);
std::binary_semaphore hasApplication(0);
bool warned = false;

/// The thread lives until the application exists.
void readAndWait()
{
    FontPreparation::read();
    hasRead.release();
    hasApplication.acquire();
}

void notice(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    Q_UNUSED(type)
    Q_UNUSED(context)
    std::fprintf(stderr, "%s\n", qPrintable(message));
    if (message.contains(QStringLiteral("main() thread")))
        warned = true;
}

} // namespace

int main(int argc, char **argv)
{
    qInstallMessageHandler(notice);
    std::thread thread(readAndWait);
    hasRead.acquire();
    const QApplication application(argc, argv); // warns if another thread has a QObject
    hasApplication.release();
    thread.join();
    return warned ? 1 : 0;
}
