// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureadvice.h"
#include "dumpcap.h"

#include <QFile>

#ifdef Q_OS_LINUX
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

#ifdef Q_OS_LINUX

namespace {

constexpr int netRawBit = 13; ///< CAP_NET_RAW of linux/capability.h
constexpr int maxGroups = 4096;

/// The value of a "Key:\tvalue" or KEY=value line; empty if there is none.
QByteArray valueOf(const QString &path, QByteArrayView key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(key.size()).replace('"', "").trimmed();
    }
    return {};
}

/// According to the system; this process may be older than the membership.
bool isInGroup(const passwd &user, gid_t group)
{
    std::vector<gid_t> groups(maxGroups);
    int count = maxGroups;
    if (getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count) < 0)
        return false;
    groups.resize(size_t(count));
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

void collectFile(CaptureFacts &facts, const passwd *user)
{
    struct stat info = {};
    const QByteArray path = QFile::encodeName(facts.dumpcap);
    if (stat(path.constData(), &info) != 0)
        return;
    facts.mayRun = access(path.constData(), X_OK) == 0;
    facts.hasRights = getxattr(path.constData(), "security.capability", nullptr, 0) > 0 ||
                      (info.st_uid == 0 && (info.st_mode & S_ISUID) != 0);
    facts.isMember = user && isInGroup(*user, info.st_gid);
    const group *owner = getgrgid(info.st_gid);
    if ((info.st_mode & S_IXOTH) == 0 && owner)
        facts.group = QString::fromLocal8Bit(owner->gr_name);
}

} // namespace

CaptureFacts CaptureAdvice::collect()
{
    CaptureFacts facts;
    const QString release = QFile::exists(u"/etc/os-release"_s) ? u"/etc/os-release"_s : u"/usr/lib/os-release"_s;
    facts.distribution =
        QString::fromUtf8(valueOf(release, "ID=") + ' ' + valueOf(release, "ID_LIKE=")).toLower().simplified();
    const passwd *user = getpwuid(getuid());
    facts.user = user ? QString::fromLocal8Bit(user->pw_name) : QString::number(getuid());
    const QString status = u"/proc/self/status"_s;
    facts.mayGain = valueOf(status, "NoNewPrivs:") != "1";
    const QByteArray bounding = valueOf(status, "CapBnd:");
    facts.isBounded = !bounding.isEmpty() && (bounding.toULongLong(nullptr, 16) >> netRawBit & 1) == 0;
    facts.dumpcap = Dumpcap::path();
    if (!facts.dumpcap.isEmpty())
        collectFile(facts, user);
    return facts;
}

#else

CaptureFacts CaptureAdvice::collect()
{
    return {.isLinux = false};
}

#endif
