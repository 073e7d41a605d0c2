// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureinput.h"
#include "temporaryfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QMutex>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <optional>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int pipeWaitMs = 30;

/// Copies a pipe. Several threads may ask for it.
class PipeInput : public CaptureInput
{
    Q_DECLARE_TR_FUNCTIONS(PipeInput)

public:
    explicit PipeInput(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    Progress copy() override
    {
        const QMutexLocker lock(&m_mutex);
        if (m_progress != Progress::More)
            return m_progress;
        if (isatty(m_descriptor) != 0)
            return fail(tr("Standard input is a terminal, not a capture"));
        pollfd waits{m_descriptor, POLLIN, 0};
        if (poll(&waits, 1, pipeWaitMs) == 0)
            return m_progress;
        const ssize_t got = read(m_descriptor, m_buffer.data(), m_buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            return m_progress;
        if (got < 0)
            return fail(tr("The pipe cannot be read: %1").arg(qt_error_string(errno)));
        if (got == 0)
            return m_progress = Progress::End;
        return m_copy.append(m_buffer.data(), got) ? m_progress : fail(m_copy.sentence());
    }

    int openCopy() const override
    {
        const QMutexLocker lock(&m_mutex);
        return m_copy.openAgain();
    }

    QString sentence() const override
    {
        const QMutexLocker lock(&m_mutex);
        return m_sentence;
    }

private:
    Progress fail(const QString &sentence)
    {
        m_sentence = sentence;
        return m_progress = Progress::Failed;
    }

    mutable QMutex m_mutex;
    const int m_descriptor;
    mutable TemporaryFile m_copy;
    Progress m_progress = Progress::More;
    QString m_sentence;
    std::array<char, 65536> m_buffer{};
};

bool isFifo(const struct stat &status)
{
    return S_ISFIFO(status.st_mode);
}

/// Returns at once, also if nobody writes; a read then finds nothing yet. -1: it is not a FIFO, or cannot be opened.
int openFifo(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status {
    };
    // Opening a device may have side effects.
    if (stat(name.constData(), &status) != 0 || !isFifo(status))
        return -1;
    const int descriptor = open(name.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0 || (fstat(descriptor, &status) == 0 && isFifo(status)))
        return descriptor;
    close(descriptor);
    return -1;
}

/// The FIFOs that may be read. They are opened once, because everyone reads the same bytes, and never closed.
class PermittedFifos
{
public:
    void permit(const QString &path)
    {
        const QMutexLocker lock(&m_mutex);
        m_descriptors.emplace(path, -1);
    }

    int descriptorOf(const QString &path)
    {
        if (const auto known = find(path); !known || *known >= 0)
            return known.value_or(-1);
        const int opened = openFifo(path); // the file system may not respond: other threads need not wait for that
        const QMutexLocker lock(&m_mutex);
        int &descriptor = m_descriptors[path];
        if (descriptor < 0)
            return descriptor = opened;
        close(opened); // another thread was faster
        return descriptor;
    }

private:
    std::optional<int> find(const QString &path) const
    {
        const QMutexLocker lock(&m_mutex);
        const auto found = m_descriptors.find(path);
        return found == m_descriptors.end() ? std::nullopt : std::optional(found->second);
    }

    mutable QMutex m_mutex;
    std::map<QString, int> m_descriptors; ///< -1: not open yet
};

PermittedFifos &permittedFifos()
{
    static PermittedFifos fifos;
    return fifos;
}

/// The descriptor that a path names; -1: none.
int descriptorOf(const QString &path)
{
    if (path == "-"_L1 || path == "/dev/stdin"_L1)
        return STDIN_FILENO;
    for (const auto folder : {"/dev/fd/"_L1, "/proc/self/fd/"_L1}) {
        bool isNumber = false;
        const int number = path.startsWith(folder) ? QStringView(path).sliced(folder.size()).toInt(&isNumber) : -1;
        if (isNumber)
            return number;
    }
    return permittedFifos().descriptorOf(path);
}

} // namespace

int CaptureInput::pipeOf(const QString &path)
{
    const int descriptor = descriptorOf(path);
    struct stat status {
    };
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        return -1;
    const bool isPipe = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISCHR(status.st_mode);
    return isPipe ? descriptor : -1;
}

void CaptureInput::permitFifo(const QString &path)
{
    permittedFifos().permit(path);
}

QString CaptureInput::fileOf(const QString &path)
{
    return path == "-"_L1 ? u"/dev/fd/0"_s : path;
}

std::shared_ptr<CaptureInput> CaptureInput::ofPipe(int descriptor)
{
    static QMutex mutex;
    static std::map<int, std::shared_ptr<CaptureInput>> pipes;
    const QMutexLocker lock(&mutex);
    std::shared_ptr<CaptureInput> &pipe = pipes[descriptor];
    if (!pipe)
        pipe = std::make_shared<PipeInput>(descriptor);
    return pipe;
}
