// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkqueue.h"

#include <algorithm>
#include <utility>

void LinkQueue::add(LinkEntry entry)
{
    Entries &entries = entry.isHeld ? m_held : m_flowing;
    const Place place(entry.due, m_calls++);
    entries.emplace(place, std::move(entry));
}

std::optional<LinkEntry> LinkQueue::takeDue(LinkTime now)
{
    if (m_flowing.empty() || m_flowing.begin()->first.first > now)
        return {};
    return std::move(m_flowing.extract(m_flowing.begin()).mapped());
}

std::optional<LinkTime> LinkQueue::nextDue() const
{
    return m_flowing.empty() ? std::nullopt : std::optional(m_flowing.begin()->first.first);
}

std::optional<quint64> LinkQueue::firstHeld() const
{
    return m_held.empty() ? std::nullopt : std::optional(m_held.begin()->second.id);
}

bool LinkQueue::deliver(quint64 id, LinkTime now)
{
    return delay(id, {}, now);
}

bool LinkQueue::delay(quint64 id, LinkTime by, LinkTime now)
{
    auto entry = take(id);
    if (!entry)
        return false;
    entry->due = now + by;
    entry->isHeld = false;
    add(std::move(*entry));
    return true;
}

std::optional<LinkEntry> LinkQueue::take(quint64 id)
{
    auto entry = takeFrom(m_held, id);
    return entry ? entry : takeFrom(m_flowing, id);
}

bool LinkQueue::duplicate(quint64 id, quint64 newId)
{
    for (const Entries *entries : {&m_held, &m_flowing}) {
        for (const auto &[place, entry] : *entries) {
            if (entry.id != id)
                continue;
            LinkEntry copy = entry;
            copy.id = newId;
            add(std::move(copy));
            return true;
        }
    }
    return false;
}

void LinkQueue::deliverHeld(LinkTime now)
{
    for (auto &[place, entry] : std::exchange(m_held, {})) {
        entry.due = now;
        entry.isHeld = false;
        add(std::move(entry));
    }
}

void LinkQueue::release(Side from)
{
    for (auto &[place, entry] : std::exchange(m_held, {})) {
        entry.isHeld = entry.isHeld && entry.from != from;
        add(std::move(entry));
    }
}

std::optional<LinkEntry> LinkQueue::takeFrom(Entries &entries, quint64 id)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [id](const auto &placed) { return placed.second.id == id; });
    if (found == entries.end())
        return {};
    return std::move(entries.extract(found).mapped());
}
