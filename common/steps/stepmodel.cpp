// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepmodel.h"

#include <algorithm>
#include <limits>

namespace {

constexpr qint64 sliceMs = 4;
constexpr int frameMs = 16;      ///< between insertions
constexpr int floodMs = 100;     ///< the same while each inserts more than a screenful, which nobody can read
constexpr qsizetype screen = 64; ///< rows, about
constexpr qint64 backgroundBytes = qint64(1024) * 1024; ///< a search of more than that gets a thread

/// Row numbers of a model are ints.
qsizetype rowsOf(const SessionFile &file)
{
    return std::min<qsizetype>(file.count(), std::numeric_limits<int>::max());
}

} // namespace

StepModel::StepModel(const SessionFile &file, QObject *parent)
    : QAbstractTableModel(parent)
    , m_file(file)
    , m_seen(rowsOf(file))
    , m_hasSeveral(file.hasSeveralConnections())
    , m_throttle(frameMs)
    , m_beginnings(1024)
{
    connect(&m_throttle, &QTimer::timeout, this, &StepModel::follow);
    connect(&m_file, &SessionFile::grown, &m_throttle, &Throttle::ask);
    connect(&m_search, &StepSearch::found, this, &StepModel::addFound);
    connect(&m_search, &StepSearch::finished, this, &StepModel::endSearch);
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return int(isFiltered() ? qsizetype(m_matches.size()) : m_seen - m_from);
}

int StepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return index.column() == BytesColumn ? int(Qt::AlignRight | Qt::AlignVCenter)
                                             : int(Qt::AlignLeft | Qt::AlignVCenter);
    const bool known = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ||
                       (role >= CellRole && role <= EventRole);
    if (!known)
        return {};
    const Step step = stepAt(index.row());
    const auto column = Column(index.column());
    const StepRowText row(step, column == TimeColumn ? timeText(index.row(), step) : QString());
    switch (role) {
    case EventRole:
        return step.isEvent();
    case CellRole:
        return QVariant::fromValue(row.cell(column));
    case LineRole:
        return row.copied(column);
    case Qt::ToolTipRole:
        return row.toolTip(column);
    case Qt::AccessibleTextRole:
        return row.accessible(column);
    default:
        return row.shown(column);
    }
}

QVariant StepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == BytesColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (section == ConnectionColumn && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole))
        return tr("Connection");
    if (section == TimeColumn && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole))
        return timeMeaning();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return timeTitle();
    case ConnectionColumn:
        return tr("#");
    case TextColumn:
        return tr("Step");
    case BytesColumn:
        return tr("Bytes");
    default:
        return {};
    }
}

Step StepModel::stepAt(int row) const
{
    return m_file.at(fileRowOf(row));
}

qsizetype StepModel::fileRowOf(int row) const
{
    return isFiltered() ? qsizetype(m_matches[size_t(row)]) : m_from + row;
}

int StepModel::rowOfFileRow(qsizetype fileRow) const
{
    if (!isFiltered())
        return fileRow >= m_from && fileRow < m_seen ? int(fileRow - m_from) : -1;
    const auto found = std::lower_bound(m_matches.cbegin(), m_matches.cend(), fileRow);
    return found == m_matches.cend() || qsizetype(*found) != fileRow ? -1 : int(found - m_matches.cbegin());
}

void StepModel::setFilter(const StepFilter &filter)
{
    if (filter != m_filter)
        begin(filter, m_from);
}

void StepModel::clear()
{
    begin(m_filter, rowsOf(m_file));
}

void StepModel::showCleared()
{
    if (m_from > 0)
        begin(m_filter, 0);
}

/// Shows what the filter accepts of the rows from `from` on.
void StepModel::begin(const StepFilter &filter, qsizetype from)
{
    beginResetModel();
    m_search.cancel();
    m_filter = filter;
    m_from = from;
    m_matches = {};
    m_canSearch = true;
    m_gaveUp = false;
    m_seen = isFiltered() ? from : rowsOf(m_file);
    endResetModel();
    m_throttle.start(0);
    emit searchChanged();
}

std::optional<int> StepModel::searchedPercent() const
{
    if (!m_search.isRunning())
        return std::nullopt;
    return int(qint64(m_seen) * 100 / std::max<qint64>(1, rowsOf(m_file)));
}

void StepModel::stopSearch()
{
    m_search.cancel();
    if (isFiltered())
        m_seen = rowsOf(m_file);
    emit searchChanged();
}

void StepModel::lookForConnections()
{
    if (m_hasSeveral || !m_file.hasSeveralConnections())
        return;
    m_hasSeveral = true;
    emit severalConnectionsCame();
}

/// Inserts what the file has gained.
void StepModel::follow()
{
    lookForConnections();
    if (m_search.isRunning())
        return;
    const qsizetype rows = rowsOf(m_file);
    if (isFiltered()) {
        const SessionPart part = m_canSearch ? m_file.savedPart(m_seen) : SessionPart();
        if (part.to - part.from > backgroundBytes) {
            m_searchedFrom = m_seen;
            m_search.start(part, m_filter);
            emit searchChanged();
            return;
        }
        searchSlice();
    } else if (rows > m_seen) {
        m_throttle.setMs(rows - m_seen > screen ? floodMs : frameMs);
        beginInsertRows({}, int(m_seen - m_from), int(rows - 1 - m_from));
        m_seen = rows;
        endInsertRows();
    }
    if (m_seen < rows)
        m_throttle.start(0);
}

/// Filters rows of the file for a few milliseconds.
void StepModel::searchSlice()
{
    QElapsedTimer elapsed;
    elapsed.start();
    std::vector<quint32> found;
    qsizetype row = m_seen;
    for (const qsizetype rows = rowsOf(m_file); row < rows && elapsed.elapsed() < sliceMs; ++row) {
        if (accepts(row))
            found.push_back(quint32(row));
    }
    addFound(found, row);
}

void StepModel::addFound(const std::vector<quint32> &rows, qsizetype next)
{
    if (!rows.empty()) {
        beginInsertRows({}, int(m_matches.size()), int(m_matches.size() + rows.size() - 1));
        m_matches.insert(m_matches.end(), rows.begin(), rows.end());
        endInsertRows();
    }
    m_seen = next;
    const bool gaveUp = m_filter.pattern.gaveUp();
    if (m_search.isRunning() || std::exchange(m_gaveUp, gaveUp) != gaveUp)
        emit searchChanged();
}

void StepModel::endSearch()
{
    m_canSearch = m_seen > m_searchedFrom;
    m_throttle.start(0);
    emit searchChanged();
}

bool StepModel::accepts(qsizetype fileRow) const
{
    if (!m_filter.showEvents && m_file.isEvent(fileRow))
        return false;
    return m_filter.accepts(m_file.at(fileRow));
}

#include "moc_stepmodel.cpp"
