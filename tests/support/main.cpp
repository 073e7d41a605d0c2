// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "privatenetwork.h"
#include "registertest.h"

#ifdef TESTS_HAVE_WINDOWS
#include <QApplication>
#else
#include <QCoreApplication>
#endif

#ifdef TESTS_HAVE_SOCKETS
#include "eventloop/networkdispatcher.h"

#include <QAbstractEventDispatcher>
#endif

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>
#include <map>

namespace {

std::map<QByteArray, RegisteredTests::Make> &tests()
{
    static std::map<QByteArray, RegisteredTests::Make> tests; // created by the first test that registers
    return tests;
}

constexpr int skippedStatus = 77; ///< as tests/CMakeLists.txt tells CTest
int skipCount = 0;

} // namespace

bool RegisteredTests::add(const char *file, Make make)
{
    const QString name = QFileInfo(QString::fromLocal8Bit(file)).completeBaseName(); // tst_NAME
    return tests().emplace(name.mid(name.indexOf(u'_') + 1).toLocal8Bit(), make).second;
}

void RegisteredTests::noteSkip(const QString &reason)
{
    ++skipCount;
    QFile skips(qEnvironmentVariable("TCPSTEPS_SKIPS"));
    const QString function = QString::fromLatin1(QTest::currentTestFunction());
    if (!skips.fileName().isEmpty() && skips.open(QIODevice::Append))
        skips.write(QStringLiteral("  %1(): %2\n").arg(function, reason).toUtf8());
}

int main(int argc, char **argv)
{
    const auto test = argc < 2 ? tests().end() : tests().find(argv[1]);
    if (test == tests().end()) {
        std::fprintf(stderr, "usage: %s TEST [argument of Qt Test...]; TEST is one of:\n", argv[0]);
        for (const auto &[name, make] : tests())
            std::fprintf(stderr, "  %s\n", name.constData());
        return 2;
    }
    if (std::getenv("TCPSTEPS_PRIVATE_NETWORK"))
        PrivateNetwork::prepare();
    argv[1] = argv[0];
    ++argv;
    --argc;
#ifdef TESTS_HAVE_SOCKETS
    // With sockets on the main thread, that thread uses the dispatcher of the network thread, or Qt's if the
    // environment selects it.
    if (auto dispatcher = makeNetworkDispatcher())
        QCoreApplication::setEventDispatcher(dispatcher.release()); // the application owns it
#endif
#ifdef TESTS_HAVE_WINDOWS
    const QApplication application(argc, argv);
#else
    const QCoreApplication application(argc, argv);
#endif
    const int status = QTest::qExec(test->second().get(), argc, argv);
    return status == 0 && skipCount > 0 ? skippedStatus : status;
}
