// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepmodel.h"

#include "eventsentence.h"
#include "shortevent.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 sliceMs = 4;
constexpr qint64 exactBytes = 999'999; ///< as many digits as the column has room for
constexpr int frameMs = 16;            ///< between insertions
constexpr int floodMs = 100;           ///< the same while each inserts more than a screenful, which nobody can read
constexpr qsizetype screen = 64;       ///< rows, about
constexpr qint64 backgroundBytes = qint64(1024) * 1024; ///< a search of more than that gets a thread

/// Row numbers of a model are ints.
qsizetype rowsOf(const SessionFile &file)
{
    return std::min<qsizetype>(file.count(), std::numeric_limits<int>::max());
}

/// "12:54:05.871752" without its last digits, for a column; nothing for a line that is not a step.
QString shortClock(const StepTime &time)
{
    return time.wallUs == 0 ? QString() : StepText::clock(time).chopped(3);
}

QString fullTime(const StepTime &time)
{
    if (time.wallUs == 0)
        return {};
    const QDateTime dateTime = QDateTime::fromMSecsSinceEpoch(time.wallUs / 1000);
    return dateTime.date().toString(Qt::ISODate) + u' ' + StepText::clock(time);
}

QString bytesText(const Step &step)
{
    return step.bytes >= 0 && step.bytes <= exactBytes ? StepText::exactSize(step.bytes) : StepText::size(step.bytes);
}

/// "6 B, no NUL"
QString bytesLine(const Step &step)
{
    const QString text = bytesText(step);
    return step.unterminated ? StepModel::tr("%1, no %2").arg(text, EventSentence::terminatorName(step.framing)) : text;
}

/// What the text of a message does not show.
QString note(const Step &step)
{
    if (!step.isMessage())
        return {};
    if (step.part)
        return StepModel::tr("(a part)");
    if (step.unterminated)
        return StepModel::tr("(no %1)").arg(EventSentence::terminatorName(step.framing));
    return step.size == 0 ? StepModel::tr("(empty)") : QString();
}

QString endpoints(const Step &step)
{
    if (step.local.isEmpty() || step.peer.isEmpty())
        return (step.local + step.peer).toHtmlEscaped();
    return StepModel::tr("%1 to %2").arg(step.local, step.peer).toHtmlEscaped();
}

QString shownText(const Step &step, StepModel::Column column)
{
    switch (column) {
    case StepModel::TimeColumn:
        return shortClock(step.time);
    case StepModel::ConnectionColumn:
        return StepText::connection(step);
    case StepModel::TextColumn:
        return StepText::shortLine(step, StepModel::shownCharacters).text;
    default:
        return bytesText(step);
    }
}

QString copiedText(const Step &step, StepModel::Column column)
{
    if (column == StepModel::TextColumn)
        return StepText::line(step, StepModel::shownCharacters);
    return column == StepModel::BytesColumn ? bytesLine(step) : shownText(step, column);
}

StepModel::Cell cell(const Step &step, StepModel::Column column)
{
    StepModel::Cell cell{.kind = step.kind, .isEvent = step.isEvent()};
    if (column != StepModel::TextColumn) {
        cell.text = shownText(step, column);
        return cell;
    }
    StepText::Escaped line = StepText::shortLine(step, StepModel::shownCharacters);
    cell.text = std::move(line.text);
    cell.escapes = std::move(line.escapes);
    cell.note = note(step);
    return cell;
}

/// A peer's text is escaped: a view would show what looks like HTML as HTML.
QString toolTip(const Step &step, StepModel::Column column)
{
    switch (column) {
    case StepModel::TimeColumn:
        return fullTime(step.time);
    case StepModel::ConnectionColumn:
        return endpoints(step);
    case StepModel::BytesColumn:
        return StepText::exactSizeExplained(step);
    case StepModel::TextColumn: // can be too long for its column
        return u"<p>%1</p>"_s.arg(StepText::line(step, StepModel::shownCharacters).toHtmlEscaped());
    default:
        return {};
    }
}

/// For screen readers: says what is visible besides the text, such as an arrow or the colour of an event.
QString accessibleText(const Step &step, StepModel::Column column)
{
    if (column == StepModel::BytesColumn)
        return StepText::sizeExplained(step);
    QString text = shownText(step, column);
    if (column != StepModel::TextColumn)
        return text;
    if (const QString more = note(step); !more.isEmpty())
        text += u' ' + more;
    switch (step.kind) {
    case StepKind::Send:
        return StepModel::tr("sent: %1").arg(text);
    case StepKind::Recv:
        return StepModel::tr("received: %1").arg(text);
    default:
        return step.isEvent() ? StepModel::tr("Event: %1").arg(text) : text;
    }
}

} // namespace

StepModel::StepModel(const SessionFile &file, QObject *parent)
    : QAbstractTableModel(parent)
    , m_file(file)
    , m_seen(rowsOf(file))
    , m_hasSeveral(file.hasSeveralConnections())
    , m_throttle(frameMs)
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
    return int(isFiltered() ? qsizetype(m_matches.size()) : m_seen);
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
    switch (role) {
    case EventRole:
        return step.isEvent();
    case CellRole:
        return QVariant::fromValue(cell(step, Column(index.column())));
    case LineRole:
        return copiedText(step, Column(index.column()));
    case Qt::ToolTipRole:
        return toolTip(step, Column(index.column()));
    case Qt::AccessibleTextRole:
        return accessibleText(step, Column(index.column()));
    default:
        return shownText(step, Column(index.column()));
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
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
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
    return isFiltered() ? qsizetype(m_matches[size_t(row)]) : row;
}

int StepModel::rowOfFileRow(qsizetype fileRow) const
{
    if (!isFiltered())
        return fileRow >= 0 && fileRow < rowCount() ? int(fileRow) : -1;
    const auto found = std::lower_bound(m_matches.cbegin(), m_matches.cend(), fileRow);
    return found == m_matches.cend() || qsizetype(*found) != fileRow ? -1 : int(found - m_matches.cbegin());
}

void StepModel::setFilter(const QString &text, bool showEvents)
{
    const StepFilter filter{text, showEvents};
    if (filter == m_filter)
        return;
    beginResetModel();
    m_search.cancel();
    m_filter = filter;
    m_matches = {};
    m_canSearch = true;
    m_seen = isFiltered() ? 0 : rowsOf(m_file);
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
        beginInsertRows({}, int(m_seen), int(rows - 1));
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
    if (m_search.isRunning())
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
    return m_filter.text.isEmpty() || m_filter.accepts(m_file.at(fileRow));
}

#include "moc_stepmodel.cpp"
