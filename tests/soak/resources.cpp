// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "resources.h"

#include <QDir>
#include <QFile>

#include <atomic>

#include <malloc.h>
#include <unistd.h>

/// QtCore's hooks for debuggers, which its private header qhooks_p.h declares: functions that are called for each
/// QObject that is created or destroyed.
extern Q_DECL_IMPORT quintptr qtHookData[];

namespace {

constexpr int addHook = 3;
constexpr int removeHook = 4;

std::atomic<int> s_objects = 0;

void added(QObject *)
{
    ++s_objects;
}

void removed(QObject *)
{
    --s_objects;
}

qint64 allocated()
{
#ifdef TCPSTEPS_SANITIZED
    return 0;
#else
    const auto info = mallinfo2();
    return qint64(info.uordblks) + qint64(info.hblkhd);
#endif
}

qint64 residentBytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

} // namespace

void Resources::beginCounting()
{
    // Otherwise, glibc's threads would keep the memory of large messages, and RSS would show nothing.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 128 * 1024);
    qtHookData[addHook] = reinterpret_cast<quintptr>(&added);
    qtHookData[removeHook] = reinterpret_cast<quintptr>(&removed);
}

Resources Resources::now()
{
    malloc_trim(0);
    Resources resources;
    resources.descriptors = QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::System).size();
    resources.objects = s_objects;
    resources.memory = allocated();
    resources.resident = residentBytes();
    return resources;
}

QString Resources::text() const
{
    return QStringLiteral("%1 descriptors, %2 objects, %3 KiB allocated, %4 MiB resident")
        .arg(descriptors)
        .arg(objects)
        .arg(memory / 1024)
        .arg(resident / 1024 / 1024);
}
