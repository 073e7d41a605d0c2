// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "socketowner.h"

#ifdef Q_OS_LINUX
#include "kernelstate.h"

#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace {

struct CloseFolder {
    void operator()(DIR *folder) const { closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

Folder openFolder(const QByteArray &path)
{
    return Folder(opendir(path.constData()));
}

/// The entries of /proc that are processes, from the lowest number on.
std::vector<qint64> processes()
{
    std::vector<qint64> numbers;
    const Folder folder = openFolder("/proc");
    if (!folder)
        return numbers;
    while (const dirent *entry = readdir(folder.get())) { // NOLINT(concurrency-mt-unsafe): a stream of its own
        bool isNumber = false;
        const qint64 number = QByteArrayView(static_cast<const char *>(entry->d_name)).toLongLong(&isNumber);
        if (isNumber)
            numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

/// Whether one of a process's descriptors leads to `target`, "socket:[4711]".
bool holds(qint64 process, const QByteArray &target)
{
    const Folder folder = openFolder("/proc/" + QByteArray::number(process) + "/fd");
    if (!folder)
        return false; // it has ended, or it is another user's
    char link[64];
    while (const dirent *entry = readdir(folder.get())) { // NOLINT(concurrency-mt-unsafe): a stream of its own
        const ssize_t size =
            readlinkat(dirfd(folder.get()), static_cast<const char *>(entry->d_name), link, sizeof link);
        if (size > 0 && QByteArrayView(link, size) == target)
            return true;
    }
    return false;
}

QByteArray nameOf(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/comm").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray name = file.readAll();
    if (name.endsWith('\n'))
        name.chop(1);
    return name;
}

} // namespace

std::optional<SocketOwner> SocketOwner::find(const SocketPair &pair)
{
    const KernelState kernel;
    const auto socket = kernel.ask(pair);
    if (!socket || socket->inode == 0)
        return std::nullopt;
    const QByteArray target = "socket:[" + QByteArray::number(socket->inode) + ']';
    for (const qint64 process : processes()) {
        if (holds(process, target))
            return SocketOwner{.program = nameOf(process), .process = process};
    }
    return std::nullopt;
}

#else

std::optional<SocketOwner> SocketOwner::find(const SocketPair &)
{
    return std::nullopt;
}

#endif
