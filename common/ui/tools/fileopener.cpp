// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fileopener.h"

namespace {

constexpr int slowMs = 500;

} // namespace

FileOpener::FileOpener(QObject *parent)
    : QObject(parent)
    , m_errand(this)
    , m_slow(this)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] { emit slow(m_path); });
}

void FileOpener::open(const QString &path)
{
    m_path = path;
    m_slow.start();
    m_errand.send([this, path]() -> Errand::Answer {
        return [this, look = FileLook::at(path)] {
            m_slow.stop();
            emit looked(look);
        };
    });
}

void FileOpener::giveUp()
{
    m_slow.stop();
    m_errand.giveUp();
}

#include "moc_fileopener.cpp"
