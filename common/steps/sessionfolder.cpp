// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionfolder.h"

#include "base/filelock.h"
#include "base/plainfile.h"
#include "stepjson.h"
#include "steptext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int keptFiles = 20;
constexpr qint64 newSeconds = 60;
constexpr qint64 maxEmptyBytes = 64 * 1024; ///< of a file with nothing but a few events
constexpr qint64 keptTotal = qint64(1024) * 1024 * 1024;

bool isSessionName(const QString &name)
{
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(uR"((server|client)-\d{8}-\d{6}\.\d{3}-\d+\.jsonl)"_s));
    return pattern.match(name).hasMatch();
}

} // namespace

bool SessionFolder::saysLittle(const Step &step)
{
    switch (step.kind) {
    case StepKind::Listening:
    case StepKind::Stopped:
    case StepKind::Capture:
    case StepKind::Session:
    case StepKind::Error:
        return step.connection == 0;
    default:
        return false;
    }
}

bool SessionFolder::isEmpty(const QString &path)
{
    QFile file(path);
    if (!isSessionName(QFileInfo(path).fileName()) || !PlainFile::open(file).isEmpty() || file.size() > maxEmptyBytes)
        return false;
    while (!file.atEnd()) {
        Step step;
        if (!StepJson::fromLine(file.readLine().trimmed(), step) || !saysLittle(step))
            return false;
    }
    return true;
}

QString SessionFolder::path()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/tcp-steps/sessions"_L1;
}

QString SessionFolder::newFile(Side side)
{
    const QFileInfo folder(path());
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!folder.isDir()) {
        QDir parent;
        parent.mkpath(folder.path());
        parent.mkdir(folder.filePath(), onlyOwner); // the other program may create it at the same moment
    }
    const QString time = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss.zzz"_s);
    return u"%1/%2-%3-%4.jsonl"_s.arg(folder.filePath(), StepText::word(side), time,
                                      QString::number(QCoreApplication::applicationPid()));
}

void SessionFolder::removeOld(const QString &folder)
{
    QFileInfoList newestFirst = QDir(folder).entryInfoList(QDir::Files | QDir::NoSymLinks);
    std::sort(newestFirst.begin(), newestFirst.end(), [](const QFileInfo &a, const QFileInfo &b) {
        return std::pair(a.lastModified(), a.fileName()) > std::pair(b.lastModified(), b.fileName());
    });
    const QDateTime now = QDateTime::currentDateTime();
    int count = 0;
    qint64 total = 0;
    for (const QFileInfo &info : std::as_const(newestFirst)) {
        if (!isSessionName(info.fileName()))
            continue;
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly) || !FileLock::take(file, FileLock::Mode::Exclusive))
            continue;
        // Another program may have just created it, and not locked it yet.
        if (info.lastModified().secsTo(now) > newSeconds && isEmpty(info.filePath())) {
            file.remove();
            continue;
        }
        total += info.size();
        if (++count > keptFiles || (count > 1 && total > keptTotal))
            file.remove();
    }
}
