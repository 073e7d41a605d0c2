// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/lablauncher.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// Opening the lab: what prevents it on a system, and what runs in it.
class TestLab : public QObject
{
    Q_OBJECT

private slots:
    void obstacles_data();
    void obstacles();
    void aNetworkOfItsOwn();
    void launcherSaysWhatForbids();
    void anInstalledLab();
    void programsBesideThisOne_data();
    void programsBesideThisOne();
};

namespace {

const QString lab = QStringLiteral(SCRIPTS "/lab");

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

/// A system whose kernel has these settings (below /proc), and does not allow namespaces.
class System
{
public:
    explicit System(const QMap<QString, QString> &settings)
    {
        write(m_folder.filePath("proc/self/ns/user"), {});
        for (auto it = settings.begin(); it != settings.end(); ++it)
            write(m_folder.filePath("proc/" + it.key()), it.value().toUtf8() + '\n');
        const QString unshare = m_folder.filePath("bin/unshare");
        write(unshare, "#!/bin/sh\necho 'unshare: Operation not permitted' >&2\nexit 1\n");
        QFile::setPermissions(unshare, QFile::permissions(unshare) | QFile::ExeOwner);
    }
    QString proc() const { return m_folder.filePath("proc"); }
    QString path() const { return m_folder.filePath("bin") + ':' + qEnvironmentVariable("PATH"); }

private:
    QTemporaryDir m_folder;
};

} // namespace

void TestLab::obstacles_data()
{
    using Settings = QMap<QString, QString>;
    QTest::addColumn<Settings>("settings");
    QTest::addColumn<QString>("obstacle");

    const QString clone = "sys/kernel/unprivileged_userns_clone";
    const QString most = "sys/user/max_user_namespaces";
    const QString mostNets = "sys/user/max_net_namespaces";
    const QString apparmor = "sys/kernel/apparmor_restrict_unprivileged_userns";
    QTest::newRow("Debian's switch") << Settings{{clone, "0"}, {most, "100"}} << "kernel.unprivileged_userns_clone = 0";
    QTest::newRow("no user namespaces") << Settings{{clone, "1"}, {most, "0"}} << "user.max_user_namespaces = 0";
    QTest::newRow("no network namespaces") << Settings{{most, "100"}, {mostNets, "0"}} << "user.max_net_namespaces = 0";
    QTest::newRow("Ubuntu's AppArmor") << Settings{{most, "100"}, {apparmor, "1"}}
                                       << "kernel.apparmor_restrict_unprivileged_userns = 1";
    QTest::newRow("a container") << Settings{{most, "100"}, {"self/status", "Name: sh\nSeccomp:\t2"}}
                                 << "a seccomp filter, as containers have (unshare: Operation not permitted)";
    QTest::newRow("something nobody knows")
        << Settings{{most, "100"}, {"self/status", "Seccomp:\t0"}} << "unshare: Operation not permitted";
}

void TestLab::obstacles()
{
    using Settings = QMap<QString, QString>;
    QFETCH(const Settings, settings);
    QFETCH(const QString, obstacle);
    const System system(settings);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("TCPSTEPS_PROC", system.proc());
    environment.insert("PATH", system.path());
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(lab, {"--check"});
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitCode(), 1);
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()), QString(obstacle + '\n'));

    process.start(lab, {"echo", "in the lab"});
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitCode(), 1);
    QCOMPARE(process.readAllStandardOutput(), "");
    QVERIFY(QString::fromUtf8(process.readAllStandardError()).endsWith("forbids: " + obstacle + '\n'));
}

void TestLab::aNetworkOfItsOwn()
{
    QProcess process;
    process.start(lab, {"sh", "-c", "ip -o link; echo \"$1\"; exit 7", "sh", "two  words"});
    QVERIFY(process.waitForFinished(patienceMs));
    const QString said = QString::fromUtf8(process.readAllStandardError());
    if (said.contains("forbids"))
        SKIP_OR_FAIL(said);
    QCOMPARE(said, "");
    QCOMPARE(process.exitCode(), 7);
    const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines.first().contains("lo: <LOOPBACK,UP"), qPrintable(lines.first()));
    QCOMPARE(lines.last(), "two  words");
}

void TestLab::launcherSaysWhatForbids()
{
    const System system({{"sys/user/max_user_namespaces", "0"}});
    const QByteArray path = qgetenv("PATH");
    qputenv("TCPSTEPS_PROC", system.proc().toLocal8Bit());
    qputenv("PATH", system.path().toLocal8Bit());
    LabLauncher launcher;
    QSignalSpy failed(&launcher, &LabLauncher::failed);
    launcher.start();
    launcher.start(); // while it looks: nothing more
    const bool hasFailed = failed.wait(patienceMs);
    qunsetenv("TCPSTEPS_PROC");
    qputenv("PATH", path);
    QVERIFY(hasFailed);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().toString(),
             "The lab needs a private network, which this system forbids: user.max_user_namespaces = 0.");
}

/// Beside an installed program, the lab is a file. So this test is installed, and runs itself there.
void TestLab::anInstalledLab()
{
    const QString itself = QCoreApplication::applicationFilePath();
    const QFileInfo lab(QFileInfo(itself).dir().filePath("../share/tcp-steps/lab"));
    if (!lab.exists()) {
        const QTemporaryDir folder;
        write(folder.filePath("share/tcp-steps/lab"), "#!/bin/sh\necho 'a stand-in was asked'\nexit 1\n");
        QFile::setPermissions(folder.filePath("share/tcp-steps/lab"), QFile::ReadOwner | QFile::ExeOwner);
        QVERIFY(QDir().mkpath(folder.filePath("bin")));
        QVERIFY(QFile::copy(itself, folder.filePath("bin/tests")));
        QProcess process;
        process.start(folder.filePath("bin/tests"), {"lab", "anInstalledLab"});
        QVERIFY(process.waitForFinished(patienceMs));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput().constData());
        return;
    }
    LabLauncher launcher;
    QSignalSpy failed(&launcher, &LabLauncher::failed);
    launcher.start();
    QVERIFY(failed.wait(patienceMs));
    QVERIFY(failed.constFirst().constFirst().toString().endsWith("forbids: a stand-in was asked."));
}

void TestLab::programsBesideThisOne_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");

    QTest::newRow("in its folder, as installed") << "app_tests" << QCoreApplication::applicationFilePath();
    QTest::newRow("in a folder of its own, as built") << "server_gui" << SERVER_GUI;
    QTest::newRow("nowhere") << "no_such_program"
                             << "";
}

void TestLab::programsBesideThisOne()
{
    QFETCH(const QString, name);
    QFETCH(const QString, path);
    QCOMPARE(LabLauncher::program(name), QFileInfo(path).canonicalFilePath());
}

REGISTER_TEST(TestLab)
#include "tst_lab.moc"
