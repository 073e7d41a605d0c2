// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "base/savedfile.h"
#include "support/registertest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

/// A file that appears complete, or not at all.
class TestSavedFile : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void appearsWhenPublished();
    void dropped();
    void mode_data();
    void mode();
    void replacesWhatALinkNames();
    void notWritten_data();
    void notWritten();
    void fullDisk_data();
    void fullDisk();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList names() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::System | QDir::Hidden); }
    QByteArray read(const QString &name) const;
    void put(const QString &name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

mode_t modeOf(const QString &path)
{
    struct stat status {
    };
    return stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

} // namespace

QByteArray TestSavedFile::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSavedFile::put(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void TestSavedFile::appearsWhenPublished()
{
    put("out", "before");
    SavedFile file(path("out"));
    QVERIFY(file.begin());
    QCOMPARE(file.write("after"), 5);
    QCOMPARE(names().size(), 2);
    QVERIFY(file.finish());
    QCOMPARE(read("out"), "before");
    QVERIFY(file.publish());
    QCOMPARE(read("out"), "after");
    QCOMPARE(names(), QStringList("out"));
    QCOMPARE(file.sentence(), QString());
}

void TestSavedFile::dropped()
{
    for (const bool isFinished : {false, true}) {
        SavedFile file(path("out"));
        QVERIFY(file.begin());
        file.write("half of it");
        QVERIFY(!isFinished || file.finish());
    }
    QCOMPARE(names(), QStringList());
}

void TestSavedFile::mode_data()
{
    QTest::addColumn<int>("umask");
    QTest::addColumn<int>("before"); // 0: there was no file
    QTest::addColumn<int>("mode");

    QTest::newRow("a new file") << 0022 << 0 << 0644;
    QTest::newRow("a new file, for the owner alone") << 0077 << 0 << 0600;
    QTest::newRow("a new file, for all") << 0 << 0 << 0666;
    QTest::newRow("in place of one for the owner alone") << 0022 << 0600 << 0644;
    QTest::newRow("in place of one for all") << 0027 << 0666 << 0640;
}

void TestSavedFile::mode()
{
    QFETCH(const int, umask);
    QFETCH(const int, before);
    QFETCH(const int, mode);
    if (before != 0) {
        put("out", "before");
        QCOMPARE(chmod(QFile::encodeName(path("out")).constData(), mode_t(before)), 0);
    }
    const mode_t old = ::umask(mode_t(umask));
    SavedFile file(path("out"));
    const bool isWritten = file.begin() && file.finish() && file.publish();
    ::umask(old);
    QVERIFY(isWritten);
    QCOMPARE(int(modeOf(path("out"))), mode);
}

void TestSavedFile::replacesWhatALinkNames()
{
    QDir(m_folder->path()).mkdir("elsewhere");
    put("elsewhere/file", "before");
    QVERIFY(QFile::link("elsewhere/file", path("link")));
    SavedFile file(path("link"));
    QVERIFY(file.begin());
    file.write("after");
    QVERIFY(file.finish() && file.publish());
    QVERIFY(QFileInfo(path("link")).isSymLink());
    QCOMPARE(read("elsewhere/file"), "after");
}

void TestSavedFile::notWritten_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");

    QTest::newRow("a FIFO") << "fifo"
                            << "it is a FIFO (named pipe), not a file";
    QTest::newRow("a folder") << "folder"
                              << "it is a folder, not a file";
    QTest::newRow("a device") << "/dev/null"
                              << "it is a device, not a file";
    QTest::newRow("in no folder") << "nowhere/out"
                                  << "No such file or directory";
}

void TestSavedFile::notWritten()
{
    QFETCH(const QString, name);
    QFETCH(const QString, reason);
    QCOMPARE(mkfifo(QFile::encodeName(path("fifo")).constData(), 0600), 0);
    QDir(m_folder->path()).mkdir("folder");
    const QString to = name.startsWith('/') ? name : path(name);
    const mode_t before = modeOf(to);
    SavedFile file(to);
    QVERIFY(!file.begin());
    QCOMPARE(file.sentence(), "Cannot write " + to + ": " + reason + '.');
    QVERIFY(!file.publish());
    QCOMPARE(modeOf(to), before); // nothing has replaced it
}

void TestSavedFile::fullDisk_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("while it is written") << 1'000'000;
    QTest::newRow("when it is closed") << 6000; // less than is gathered before it is written
}

/// A limit on the file size simulates a full disk.
void TestSavedFile::fullDisk()
{
    QFETCH(const int, size);
    put("out", "before");
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{4096, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    QString sentence;
    bool isPublished = true;
    {
        SavedFile file(path("out"));
        file.begin();
        for (int written = 0; written < size; written += 1000)
            file.write(QByteArray(1000, 'x'));
        isPublished = file.finish() && file.publish();
        sentence = file.sentence();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!isPublished);
    QCOMPARE(sentence, "Cannot write " + path("out") + ": File too large.");
    QCOMPARE(names(), QStringList("out"));
    QCOMPARE(read("out"), "before");
}

REGISTER_TEST(TestSavedFile)
#include "tst_savedfile.moc"
