// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "base/plainfile.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/// Which paths can be opened, and which cannot. Opening a FIFO would block the test forever.
class TestPlainFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void kinds_data();
    void kinds();
    void proc();

private:
    QTemporaryDir m_folder;
};

void TestPlainFile::initTestCase()
{
    const auto path = [this](const char *name) {
        return QFile::encodeName(m_folder.filePath(QLatin1StringView(name)));
    };
    QFile file(m_folder.filePath("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("content");
    QCOMPARE(mkfifo(path("fifo").constData(), 0600), 0);
    QCOMPARE(symlink(path("fifo").constData(), path("link to fifo").constData()), 0);
    QCOMPARE(symlink(path("file").constData(), path("link to file").constData()), 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path("socket").constData(), sizeof address.sun_path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    close(socket);
}

void TestPlainFile::kinds_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");   ///< why it is not opened
    QTest::addColumn<QString>("obstacle"); ///< why it cannot be written

    const auto same = [](const char *row, const QString &path, const QString &reason) {
        QTest::newRow(row) << path << reason << reason;
    };
    same("a file", "file", {});
    same("a link to a file", "link to file", {});
    same("a FIFO", "fifo", "it is a FIFO (named pipe), not a file");
    same("a link to a FIFO", "link to fifo", "it is a FIFO (named pipe), not a file");
    same("a socket", "socket", "it is a socket, not a file");
    same("a folder", ".", "it is a folder, not a file");
    same("a device", "/dev/null", "it is a device, not a file");
    QTest::newRow("nothing") << "nothing"
                             << "No such file or directory" << QString();
}

void TestPlainFile::kinds()
{
    QFETCH(const QString, path);
    QFETCH(const QString, reason);
    QFETCH(const QString, obstacle);
    QFile file(path.startsWith('/') ? path : m_folder.filePath(path));
    QCOMPARE(PlainFile::open(file), reason);
    QCOMPARE(file.isOpen(), reason.isEmpty());
    if (file.isOpen()) {
        QCOMPARE(file.readAll(), "content");
        QCOMPARE(file.size(), 7);
    }
    QCOMPARE(PlainFile::obstacle(file.fileName()), obstacle);
    QCOMPARE(PlainFile::isDevice(file.fileName()), path.startsWith("/dev/"));
}

/// The file has content, although its size is 0.
void TestPlainFile::proc()
{
    QFile file("/proc/self/status");
    if (!file.exists())
        SKIP("needs /proc");
    QCOMPARE(PlainFile::open(file), QString());
    QVERIFY(file.peek(5) == "Name:");
}

REGISTER_TEST(TestPlainFile)
#include "tst_plainfile.moc"
