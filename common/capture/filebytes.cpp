// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filebytes.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

FileBytes::~FileBytes()
{
    close(m_descriptor);
}

qint64 FileBytes::size() const
{
    struct stat status {
    };
    return fstat(m_descriptor, &status) == 0 ? qint64(status.st_size) : -1;
}

bool FileBytes::fill(qint64 position, qsizetype count)
{
    constexpr qsizetype atOnce = qsizetype(256) * 1024;
    m_size = 0;
    m_begin = position;
    m_error = 0;
    const qint64 left = size() - position;
    if (count > left) // a damaged length may be long
        return false;
    const auto wanted = size_t(std::max(count, std::min(atOnce, qsizetype(left))));
    if (m_buffer.size() < wanted)
        m_buffer.resize(wanted);
    while (m_size < count) {
        const ssize_t got =
            pread(m_descriptor, m_buffer.data() + m_size, m_buffer.size() - size_t(m_size), position + m_size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            m_error = got < 0 ? errno : 0;
            return false;
        }
        m_size += got;
    }
    return true;
}
